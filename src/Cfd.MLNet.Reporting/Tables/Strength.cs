namespace Cfd.MLNet.Reporting.Tables;

/// <summary>The one place where a row's evidence becomes a word; badges, columns and the order of rows follow.</summary>
internal static class Strengths
{
    /// <summary>Null where nothing was found that could be judged.</summary>
    public static EvidenceVerdict? Of(AuditedRow row) => row.Counterfactuals.Count == 0 ? null : row.Evidence?.Verdict ?? EvidenceVerdict.Untested;

    /// <summary>Rows with a counterfactual dataset first, the strongest first among them; then by how near the boundary is.</summary>
    public static IEnumerable<AuditedRow> Sorted(IEnumerable<AuditedRow> rows) => rows
        .OrderByDescending(row => Of(row) is { } verdict ? (int)verdict : -1)
        .ThenBy(row => row.Outcome)
        .ThenByDescending(row => row.Evidence?.SeedStability.Value ?? 0)
        .ThenBy(row => row.Evidence?.PValue ?? 1)
        .ThenBy(row => row.FlippedRows.Count)
        .ThenBy(row => float.IsNaN(row.Score) ? float.MaxValue : Math.Abs(row.Score));
}
