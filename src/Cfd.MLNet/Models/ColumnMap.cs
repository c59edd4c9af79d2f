using Microsoft.ML;

namespace Cfd.MLNet.Models;

/// <summary>
/// Columns that a transformer appends to rows of one input schema, computed only when read. Implementations are thread-safe;
/// the getters they hand out belong to one row.
/// </summary>
internal abstract class ColumnMap(DataViewSchema input)
{
    public DataViewSchema Input => input;

    /// <summary>The appended columns, in order.</summary>
    public abstract DataViewSchema.DetachedColumn[] Appended { get; }

    /// <summary>Input columns that these appended columns are computed from.</summary>
    public abstract IEnumerable<DataViewSchema.Column> DependenciesOf(Func<int, bool> isActive);

    /// <summary>One <see cref="ValueGetter{TValue}"/> per active appended column, null for the others.</summary>
    public abstract Delegate?[] CreateGetters(DataViewRow row, Func<int, bool> isActive);
}
