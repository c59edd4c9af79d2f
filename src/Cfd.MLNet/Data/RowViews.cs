using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>The same rows, in the same order, as the views that hold their columns: raw ones, and those a preparation made of them.</summary>
/// <param name="Labels">Holds the label, as it is turned over.</param>
/// <param name="Features">Holds the features.</param>
/// <param name="Groups">Holds the protected column and the row ids.</param>
internal sealed record RowViews(IDataView Labels, IDataView Features, IDataView Groups)
{
    /// <summary>All columns in one view.</summary>
    public static RowViews Of(IDataView view) => new(view, view, view);
}
