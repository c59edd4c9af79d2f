using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>
/// The same rows with other values in one column, lazily. Values go by position, so rows come in serial order, from one cursor at
/// a time.
/// </summary>
internal sealed class ReplacedColumnView<T>(IDataView source, DataViewSchema.Column column, Func<long, T> valueAt) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded)];

    private int ColumnIndex => column.Index;

    private T ValueAt(long position) => valueAt(position);

    private sealed class Cursor(DataViewRowCursor source, ReplacedColumnView<T> view) : ForwardingCursor(source)
    {
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => column.Index == view.ColumnIndex && typeof(TValue) == typeof(T)
                ? (ValueGetter<TValue>)(Delegate)(ValueGetter<T>)((ref T value) => value = view.ValueAt(Position))
                : Source.GetGetter<TValue>(column);
    }
}
