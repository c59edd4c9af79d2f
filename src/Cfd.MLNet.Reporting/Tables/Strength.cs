namespace Cfd.MLNet.Reporting.Tables;

/// <summary>How far the evidence speaks for a counterfactual dataset, strongest first.</summary>
internal enum Strength
{
    /// <summary>Other seeds reproduce it, and as many random labels seldom do the same.</summary>
    Stands,

    /// <summary>As many random labels do the same in one of ten retrains or more.</summary>
    Weak,

    /// <summary>Fewer than half of the other seeds reproduce it: a fact about one training run.</summary>
    OfThisRun,

    /// <summary>It was not put to the test.</summary>
    Untested,
}

/// <summary>The one place where a row's evidence becomes a word; badges, columns and the order of rows follow.</summary>
internal static class Strengths
{
    private const double Half = 0.5;

    /// <summary>Null where nothing was found that could be judged.</summary>
    public static Strength? Of(AuditedRow row) => row.Counterfactuals.Count == 0 ? null : row.Evidence switch
    {
        null or { PlaceboRate.Total: 0, SeedStability.Total: 0 } => Strength.Untested,
        { SeedStability.Value: < Half } => Strength.OfThisRun,
        var evidence when AuditEvidence.IsHighPlaceboRate(evidence.PlaceboRate) => Strength.Weak,
        _ => Strength.Stands,
    };

    /// <summary>Rows with a counterfactual dataset first, the strongest first among them; then by how near the boundary is.</summary>
    public static IEnumerable<AuditedRow> Sorted(IEnumerable<AuditedRow> rows) => rows
        .OrderBy(row => Of(row) is { } strength ? (int)strength : int.MaxValue)
        .ThenBy(row => row.Outcome)
        .ThenBy(row => row.Evidence?.PlaceboRate.Value ?? 1)
        .ThenByDescending(row => row.Evidence?.SeedStability.Value ?? 0)
        .ThenBy(row => row.FlippedRows.Count)
        .ThenBy(row => float.IsNaN(row.Score) ? float.MaxValue : Math.Abs(row.Score));
}
