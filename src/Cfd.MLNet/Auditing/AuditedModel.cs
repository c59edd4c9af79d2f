using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>What a report keeps of an audit's data and model, to hand out D' and f' of its rows. Thread-safe.</summary>
internal sealed class AuditedModel(CounterfactualFinder finder, SearchModel model, AuditSubject subject, IDataView trainingView)
{
    public long[] PositionsOf(FlipSet flips)
    {
        var positions = new long[flips.Count];
        for (int i = 0; i < positions.Length; i++) positions[i] = finder.Table.Positions[flips.Rows[i]];
        return positions;
    }

    public string[]? IdsOf(FlipSet flips)
        => finder.Table.RowIds is { } ids ? [.. flips.Rows.ToArray().Select(row => ids[row])] : null;

    public IReadOnlyList<long> AdmittedRows(long testPosition, string group)
        => [.. finder.AdmittedRows(subject.TestRows.Features.Row((int)testPosition), group, (int)testPosition).Select(row => finder.Table.Positions[row])];

    public IDataView Flip(IReadOnlyCollection<long> positions)
        => LabelOverlayView.Create(trainingView, finder.Table.Columns.Label, finder.Table.LabelValues, positions);

    /// <summary>f, or f' of these flips, behind the preparation.</summary>
    public ITransformer Retrain(FlipSet flips) => subject.Transformer(flips, model);
}
