using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// Whose predictions hinge on few labels: the groups of one attribute, or of two attributes crossed. Immutable.
/// </summary>
public sealed record GroupComparison
{
    /// <summary>Groups with fewer answered rows are not compared.</summary>
    public const int MinimumRows = 10;

    private readonly IReadOnlyList<string> _attributes = [];
    private readonly IReadOnlyList<GroupSummary> _groups = [];
    private readonly IReadOnlyList<GroupDifference> _differences = [];

    /// <summary>Names of the columns: one, or two that are crossed.</summary>
    public required IReadOnlyList<string> Attributes
    {
        get => _attributes;
        init => _attributes = ValueList<string>.Of(value);
    }

    /// <summary>The groups that occur among the audited rows, in ordinal order.</summary>
    public required IReadOnlyList<GroupSummary> Groups
    {
        get => _groups;
        init => _groups = ValueList<GroupSummary>.Of(value);
    }

    /// <summary>
    /// Each pair of groups with at least <see cref="MinimumRows"/> answered rows, the group with the larger share first; largest difference
    /// first.
    /// </summary>
    public required IReadOnlyList<GroupDifference> Differences
    {
        get => _differences;
        init => _differences = ValueList<GroupDifference>.Of(value);
    }
}
