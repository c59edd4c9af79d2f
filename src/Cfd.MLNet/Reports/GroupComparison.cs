using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// Whose predictions hinge on few labels: the groups of one attribute, or of two attributes crossed. Nothing is called a difference that does not
/// pass a test for all groups first; with three groups or more, each is then set against the rest. Every comparison is tested by itself: of
/// twenty without any true difference, one is expected to claim one. Immutable.
/// </summary>
public sealed record GroupComparison
{
    /// <summary>Groups with fewer answered rows are not compared.</summary>
    public const int MinimumRows = 10;

    /// <summary>How often, at most, a difference is claimed where there is none: alpha.</summary>
    public const double ErrorRate = 0.05;

    /// <summary>Names of the columns: one, or two that are crossed.</summary>
    public required IReadOnlyList<string> Attributes { get; init => field = ValueList<string>.Of(value); }

    /// <summary>
    /// The groups, in ordinal order: those of the audited rows and of the rest of the test view, for the protected attribute those of the training
    /// rows, too.
    /// </summary>
    public required IReadOnlyList<GroupSummary> Groups { get; init => field = ValueList<GroupSummary>.Of(value); }

    /// <summary>
    /// Whether the groups with at least <see cref="MinimumRows"/> answered rows differ at all; null where there are fewer than two of them.
    /// </summary>
    public GroupTest? GlobalTest { get; init; }

    /// <summary>
    /// Of two groups with at least <see cref="MinimumRows"/> answered rows the difference between them, the group with the larger share
    /// first; of more, the difference of each from the rest, that is, from the others of them together, largest first.
    /// </summary>
    public required IReadOnlyList<GroupDifference> Differences { get; init => field = ValueList<GroupDifference>.Of(value); }

    /// <summary>What the comparison says, in a sentence for readers.</summary>
    public string Finding => GroupFinding.Of(this);
}
