using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>Some rows of a view, in its order.</summary>
/// <param name="source">The view, which gives its rows in one order.</param>
/// <param name="positions">Which, ascending from 0.</param>
internal sealed class SelectedRowsView(IDataView source, IReadOnlyList<int> positions) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => positions.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(source.GetRowCursor(columnsNeeded), positions);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor source, IReadOnlyList<int> positions) : ForwardingCursor(source)
    {
        private int _next, _sourceRow = -1;

        public override long Position => _next - 1;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_next == positions.Count) return false;
            for (; _sourceRow < positions[_next]; _sourceRow++)
            {
                if (!Source.MoveNext()) throw new InvalidOperationException($"The view ended at row {_sourceRow}, before row {positions[_next]}.");
            }

            _next++;
            return true;
        }
    }
}
