namespace Cfd.MLNet;

/// <summary>How far the shares of rows with a counterfactual dataset lie apart in two groups. Immutable.</summary>
public sealed record GroupDifference
{
    /// <summary>One group, see <see cref="GroupSummary.Group"/>.</summary>
    public required string Group { get; init; }

    /// <summary>The other group.</summary>
    public required string Other { get; init; }

    /// <summary>
    /// Share of Group - share of Other, in [-1, 1], with the hybrid score interval (R. G. Newcombe, Interval estimation for the difference
    /// between independent proportions, Statistics in Medicine 1998, method 10). 0 means alike.
    /// </summary>
    public required Interval Difference { get; init; }

    /// <summary>
    /// Share of Group / share of Other, with the log interval (D. Katz et al., Obtaining confidence intervals for the risk ratio in
    /// cohort studies, Biometrics 1978). 1 means alike. Null where a share is 0, so that there is no ratio or no interval.
    /// </summary>
    public Interval? Ratio { get; init; }

    /// <summary>Why there is no ratio; null where there is one.</summary>
    public string? Remark { get; init; }
}
