using Cfd.MLNet;
using Microsoft.ML;

namespace AutoMlFairnessCheck;

/// <summary>Whose decisions by the winner hinge on a single training label?</summary>
internal static class FairnessCheck
{
    /// <summary>Writes what the audit of a winner costs at most: a large winner is not refitted in passing.</summary>
    public static async Task PrintEstimateAsync(MLContext context, Learner winner, GermanCredit data, TextWriter output)
    {
        var estimate = await context.CounterfactualDatasets().EstimateAsync(winner, data.Train, data.Test, Options(data));
        output.WriteLine($"  a refit takes {estimate.TrainingTime.TotalSeconds:F2} s, {estimate.TrainingsAtOnce} at once; "
            + $"the search ends after {estimate.TrainingsAtMost} of them ({estimate.TimeAtMost.TotalMinutes:F1} min) at the latest");
    }

    /// <summary>The audit of a winner; the most promising labels are flipped first.</summary>
    public static AuditRun Audit(MLContext context, Learner winner, GermanCredit data, IProgress<AuditProgress>? progress = null)
        => context.CounterfactualDatasets().Audit(winner, data.Train, data.Test, Options(data), progress);

    /// <summary>Writes the audit in a few lines.</summary>
    public static void Print(AuditReport report, TextWriter output)
    {
        output.WriteLine($"  {report.Headline}");
        foreach (var group in report.Groups)
            output.WriteLine($"  {group.Group}: {group.Share} decisions hinge on one label");
        var refits = report.Refits!;
        foreach (var caveat in report.Caveats) output.WriteLine($"  {caveat.Severity}: {caveat.Sentence}.");
        output.WriteLine($"  {report.Summary.UniqueRetrains} refits in {report.Provenance.Duration.TotalSeconds:F1} s; preparation fitted once: {refits.PreparationFittedOnce}");
    }

    private static AuditOptions Options(GermanCredit data) => new() { ProtectedColumnName = data.ProtectedColumn, Budget = FlipBudget.OfRows(1) };
}
