using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>A view that notes which of its columns are read, to learn what a fitted pipeline depends on.</summary>
internal sealed class ColumnProbe(IDataView source) : IDataView
{
    private readonly HashSet<int> _read = [];

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    /// <summary>Whether reading these columns of the fitted pipeline's output reads a column of its input.</summary>
    /// <param name="input">The view that the pipeline transforms.</param>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="output">Name of a column of the output.</param>
    /// <param name="column">Name of a column of the input.</param>
    public static bool DependsOn(IDataView input, ITransformer model, string output, string column)
    {
        if (input.Schema.GetColumnOrNull(column) is not { } wanted) return false;
        var probe = new ColumnProbe(input);
        var transformed = model.Transform(probe);
        using (transformed.GetRowCursor([transformed.Schema[output]]))
        {
            lock (probe._read) return probe._read.Contains(wanted.Index);
        }
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => source.GetRowCursor(Note(columnsNeeded), rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => source.GetRowCursorSet(Note(columnsNeeded), n, rand);

    private DataViewSchema.Column[] Note(IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Column[] noted = [.. columns];
        lock (_read) _read.UnionWith(noted.Select(column => column.Index));
        return noted;
    }
}
