using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Reports;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>What a report keeps of an audit's data and model, to hand out D' and f' of its rows. Thread-safe.</summary>
internal sealed class AuditedModel(CounterfactualFinder finder, SearchModel model, AuditSubject subject, IDataView trainingView)
{
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static AuditedModel Require(NotCompared<AuditedModel> live) => live.Value ?? throw new InvalidOperationException(
        "This report was read from a file, which holds neither data nor model; run the audit again to have D' and f'.");

    public IReadOnlyList<long> AdmittedRows(long testPosition, string group)
        => [.. finder.AdmittedRows(subject.TestRows.Features.Row((int)testPosition), group, (int)testPosition).Select(row => finder.Table.Positions[row])];

    public IDataView Flip(IReadOnlyCollection<long> positions)
        => LabelOverlayView.Create(trainingView, finder.Table.Columns.Label, finder.Table.LabelValues, positions);

    /// <summary>f, or f' of these flips (positions in the training view), behind the preparation.</summary>
    public ITransformer Retrain(IReadOnlyCollection<long> positions) => subject.Transformer(new FlipSet(finder.Table.RowsAt(positions)), model);
}
