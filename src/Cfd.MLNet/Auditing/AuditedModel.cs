using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Auditing;

/// <summary>What a report keeps of an audit's data and model, to hand out D' and f' of its rows. Thread-safe.</summary>
internal sealed class AuditedModel(
    CounterfactualFinder finder, Func<TrainedNetwork, ITransformer> asTransformer, ITransformer? preparation,
    IDataView trainingView, TestRows testRows)
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
        => [.. finder.AdmittedRows(testRows.Features.Row((int)testPosition), group).Select(row => finder.Table.Positions[row])];

    public IDataView Flip(IReadOnlyCollection<long> positions)
        => LabelOverlayView.Create(trainingView, finder.Table.Columns.Label, finder.Table.LabelValues, positions);

    /// <summary>f, or f' of these flips, behind the preparation.</summary>
    public ITransformer Retrain(FlipSet flips)
    {
        var trained = flips.Count == 0 ? finder.Base.Trained : ((ReluNetworkPredictor)finder.Pool.Get(flips, CancellationToken.None)).Trained;
        var network = asTransformer(trained);
        return preparation is null ? network : new TransformerChain<ITransformer>(preparation, network);
    }
}
