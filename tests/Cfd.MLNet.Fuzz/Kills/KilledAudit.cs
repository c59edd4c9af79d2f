using Microsoft.ML;

namespace Cfd.MLNet.Fuzz.Kills;

/// <summary>The audit that is killed: small, with evidence.</summary>
internal static class KilledAudit
{
    /// <summary>What it is at when it is killed, in their order.</summary>
    public static IReadOnlyList<string> Phases { get; } = ["search", "evidence", "writing"];

    public static string JournalIn(string folder) => Path.Combine(folder, "journal");

    public static string OutputIn(string folder) => Path.Combine(folder, "report.json");

    /// <param name="journal">Null: none.</param>
    /// <param name="phase">Told when the evidence begins.</param>
    public static AuditReport Run(string? journal, Action<string> phase)
    {
        var context = new MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var options = new AuditOptions
        {
            ProtectedColumnName = "Group",
            RowIdColumnName = "Id",
            Budget = FlipBudget.OfRows(3),
            Evidence = new() { Level = EvidenceLevel.Quick },
            MaxDegreeOfParallelism = 2,
            JournalPath = journal,
        };
        var learner = catalog.Learners.ReluNetwork(Corpus.Preparation(context), new() { HiddenLayers = [8], MaxEpochs = 60 });
        return catalog.Audit(learner, Corpus.Rows(context, 120, 0), Corpus.Rows(context, 40, 120), options, new EvidenceTeller(phase)).Report;
    }

    private sealed class EvidenceTeller(Action<string> phase) : IProgress<AuditProgress>
    {
        private int _isTold;

        public void Report(AuditProgress value)
        {
            if (value.EvidenceTrainingsAtMost > 0 && Interlocked.Exchange(ref _isTold, 1) == 0) phase(Phases[1]);
        }
    }
}
