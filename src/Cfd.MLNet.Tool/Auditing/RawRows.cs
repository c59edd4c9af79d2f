using System.Globalization;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>Rows as the user knows them, before any preparation: by position and column name.</summary>
internal sealed class RawRows
{
    private readonly DataFrame _frame;

    /// <summary>Reads these columns of all rows.</summary>
    public RawRows(IDataView view, string[] columns) => _frame = view.ToDataFrame(maxRows: -1, columns);

    /// <summary>A value as text.</summary>
    public string Text(long row, string column)
        => _frame.Columns[column][row] is not (null or float.NaN) and var value ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "(missing)";

    /// <summary>A value of a Boolean column.</summary>
    public bool Flag(long row, string column) => (bool)_frame.Columns[column][row];
}
