using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// Whose predictions hinge on few labels: the groups of one attribute, or of two attributes crossed. Immutable.
/// </summary>
public sealed record GroupComparison
{
    /// <summary>Groups with fewer answered rows are not compared.</summary>
    public const int MinimumRows = 10;


    /// <summary>Names of the columns: one, or two that are crossed.</summary>
    public required IReadOnlyList<string> Attributes { get; init => field = ValueList<string>.Of(value); }

    /// <summary>The groups that occur among the audited rows, in ordinal order.</summary>
    public required IReadOnlyList<GroupSummary> Groups { get; init => field = ValueList<GroupSummary>.Of(value); }

    /// <summary>
    /// Each pair of groups with at least <see cref="MinimumRows"/> answered rows, the group with the larger share first; largest difference
    /// first.
    /// </summary>
    public required IReadOnlyList<GroupDifference> Differences { get; init => field = ValueList<GroupDifference>.Of(value); }
}
