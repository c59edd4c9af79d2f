namespace Cfd.MLNet.Reports;

/// <summary>How strong the evidence for a row's counterfactual dataset is: the one order in which terminal, page and files list them.</summary>
internal static class Strengths
{
    /// <summary>Null where nothing was found that could be judged.</summary>
    public static EvidenceVerdict? Of(AuditedRow row) => row.Counterfactuals.Count == 0 ? null : row.Evidence?.Verdict ?? EvidenceVerdict.Untested;

    /// <summary>
    /// Rows with a counterfactual dataset first: those that stand, weak ones, those of this run, untested ones; of one verdict those first that
    /// fresh trainings keep farthest from the boundary, or else (of a learner without a seed) that random labels reach least likely. The others by
    /// outcome and how near the boundary is.
    /// </summary>
    public static IEnumerable<AuditedRow> Sorted(IEnumerable<AuditedRow> rows) => rows
        .OrderByDescending(row => Of(row) is { } verdict ? (int)verdict : -1)
        .ThenBy(row => row.Outcome)
        .ThenByDescending(row => row.Evidence?.Margin ?? double.NegativeInfinity)
        .ThenBy(row => row.Evidence?.PValue ?? 1)
        .ThenBy(row => row.FlippedRows.Count)
        .ThenBy(row => float.IsNaN(row.Score) ? float.MaxValue : Math.Abs(row.Score));
}
