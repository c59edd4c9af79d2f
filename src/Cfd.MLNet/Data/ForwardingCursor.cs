using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>A cursor that is another one but for what a subclass overrides.</summary>
internal abstract class ForwardingCursor(DataViewRowCursor source) : DataViewRowCursor
{
    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override DataViewSchema Schema => source.Schema;

    protected DataViewRowCursor Source => source;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => source.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }
}
