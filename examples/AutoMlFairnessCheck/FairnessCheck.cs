using Cfd.MLNet;
using Microsoft.ML;

namespace AutoMlFairnessCheck;

/// <summary>Whose decisions by the winner hinge on a single training label?</summary>
internal static class FairnessCheck
{
    /// <summary>The audit of a winner.</summary>
    public static AuditRun Audit(MLContext context, Learner winner, GermanCredit data) => context.CounterfactualDatasets().Audit(
        winner, data.Train, data.Test,
        new() { ProtectedColumnName = data.ProtectedColumn, Budget = FlipBudget.OfRows(1), Schedule = Schedule.SingleFlips });

    /// <summary>Writes the audit in a few lines.</summary>
    public static void Print(AuditReport report, TextWriter output)
    {
        foreach (var group in report.Groups)
            output.WriteLine($"  {group.Group}: {group.Found.Count} of {group.Found.Total} decisions hinge on one label");
        var refits = report.Refits!;
        foreach (string remark in Remarks(report)) output.WriteLine($"  Beware: {remark.TrimEnd('.')}.");
        output.WriteLine($"  {report.Summary.UniqueRetrains} refits in {report.Provenance.Duration.TotalSeconds:F1} s; preparation fitted once: {refits.PreparationFittedOnce}");
    }

    /// <summary>What a reader must know before the figures are used.</summary>
    private static IEnumerable<string> Remarks(AuditReport report)
    {
        var refits = report.Refits!;
        if (refits.IsNoisy) yield return $"refits without any flip change {refits.DecisionsChanged:P1} of the decisions (scores by up to {refits.LargestScoreChange:G3})";
        if (refits.RankingRemark is { } ranking) yield return ranking;
        if (report.PhiRemark is { } phi) yield return phi;
        foreach (string warning in report.Evidence?.Warnings ?? []) yield return warning;
        foreach (var quality in report.ModelQuality)
        {
            if (quality.Remark is { } remark) yield return $"{quality.Group ?? "all rows"}: {remark}";
        }
    }
}
