using System.Text.Json.Serialization;

namespace Cfd.MLNet;

/// <summary>
/// How far the share of rows with a counterfactual dataset in a group lies from that in another group, or in the rest. Immutable.
/// </summary>
public sealed record GroupDifference
{
    /// <summary>One group, see <see cref="GroupSummary.Group"/>.</summary>
    public required string Group { get; init; }

    /// <summary>The other group; null for the rest: all other groups that are compared, taken together.</summary>
    public string? Other { get; init; }

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

    /// <summary>
    /// The level of both intervals, in (0, 1). Between two groups 0.95; against the rest 1 - 0.05 / r, where r groups were left in Holm's
    /// step-down when this one passed or all stopped (S. Holm, A simple sequentially rejective multiple test procedure, 1979): wider, so that
    /// looking at many groups invents nothing.
    /// </summary>
    public double Level { get; init; } = 1 - GroupComparison.ErrorRate;

    /// <summary>
    /// Whether this is a difference that can be told from chance: <see cref="GroupComparison.GlobalTest"/> passed, and the interval of
    /// the difference leaves 0 out.
    /// </summary>
    public bool IsDifference { get; init; }

    /// <summary>Why there is no ratio; null where there is one.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether the interval of the difference leaves 0 out.</summary>
    [JsonIgnore]
    internal bool ExcludesNone => Difference.Low > 0 || Difference.High < 0;
}
