using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Models;

/// <summary>Appended columns of a single row, for prediction engines.</summary>
internal sealed class AppendedColumnsMapper(ColumnBindings bindings) : IRowToRowMapper
{
    public DataViewSchema InputSchema => bindings.Map.Input;

    public DataViewSchema OutputSchema => bindings.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => bindings.Activate(dependingColumns).Inputs;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => new Row(input, bindings, bindings.Activate(activeColumns).Appended);

    private sealed class Row(DataViewRow input, ColumnBindings bindings, bool[] appended) : DataViewRow
    {
        private readonly ColumnGetters _getters = new(input, bindings, appended);

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => bindings.Output;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }
    }
}
