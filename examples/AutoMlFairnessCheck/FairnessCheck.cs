using Cfd.MLNet;
using Microsoft.ML;

namespace AutoMlFairnessCheck;

/// <summary>Whose decisions by the winner hinge on a single training label?</summary>
internal static class FairnessCheck
{
    /// <summary>The audit of a winner.</summary>
    public static AuditRun Audit(MLContext context, Learner winner, GermanCredit data) => context.CounterfactualDatasets().Audit(
        winner, data.Train, data.Test,
        new() { ProtectedColumnName = data.ProtectedColumn, Budget = FlipBudget.OfRows(1) });

    /// <summary>Writes the audit in a few lines.</summary>
    public static void Print(AuditReport report, TextWriter output)
    {
        output.WriteLine($"  {report.Headline}");
        foreach (var group in report.Groups)
            output.WriteLine($"  {group.Group}: {group.Found.Count} of {group.Found.Total} decisions hinge on one label");
        var refits = report.Refits!;
        foreach (var caveat in report.Caveats) output.WriteLine($"  {caveat.Severity}: {caveat.Sentence}.");
        output.WriteLine($"  {report.Summary.UniqueRetrains} refits in {report.Provenance.Duration.TotalSeconds:F1} s; preparation fitted once: {refits.PreparationFittedOnce}");
    }
}
