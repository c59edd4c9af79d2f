using Cfd.MLNet.Data;
using Microsoft.ML;

namespace Cfd.MLNet.Models;

/// <summary>An IDataView with appended columns. Streams: shuffling, row count and row ids are the source's.</summary>
internal sealed class AppendedColumnsView(IDataView source, ColumnBindings bindings) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => bindings.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var (appended, inputs) = bindings.Activate(columnsNeeded);
        return new Cursor(source.GetRowCursor(inputs, rand), bindings, appended);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var (appended, inputs) = bindings.Activate(columnsNeeded);
        return Array.ConvertAll(
            source.GetRowCursorSet(inputs, n, rand), cursor => (DataViewRowCursor)new Cursor(cursor, bindings, appended));
    }

    private sealed class Cursor(DataViewRowCursor source, ColumnBindings bindings, bool[] appended) : ForwardingCursor(source)
    {
        private readonly ColumnGetters _getters = new(source, bindings, appended);

        public override DataViewSchema Schema => bindings.Output;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);
    }
}
