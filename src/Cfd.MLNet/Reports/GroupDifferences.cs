namespace Cfd.MLNet.Reports;

/// <summary>
/// The differences of groups: of two, the one from the other; of more, each from the rest, by Holm's step-down (S. Holm, A simple
/// sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 1979). None where the global test has not passed.
/// </summary>
internal static class GroupDifferences
{
    /// <param name="groups">The groups that have enough rows to be compared.</param>
    /// <param name="test">Of these groups; null where there are fewer than two.</param>
    public static IReadOnlyList<GroupDifference> Of(IReadOnlyList<GroupSummary> groups, GroupTest? test) => groups switch
    {
        _ when test is null => [],
        [var one, var other] => [Between(one, other, test)],
        _ => AgainstRest(groups, test),
    };

    private static GroupDifference Between(GroupSummary one, GroupSummary other, GroupTest test)
    {
        if (one.Found.Value < other.Found.Value) (one, other) = (other, one);
        var difference = Compare(one, other.Group, other.Found, 1 - GroupComparison.ErrorRate);
        return difference with { IsDifference = test.IsPassed && difference.ExcludesNone };
    }

    /// <summary>
    /// With r groups left, all whose intervals of level 1 - 0.05 / r leave 0 out pass, and the others are looked at again without them,
    /// until none passes: Holm's procedure, with all the passes of a step at once.
    /// </summary>
    private static IReadOnlyList<GroupDifference> AgainstRest(IReadOnlyList<GroupSummary> groups, GroupTest test)
    {
        int found = groups.Sum(group => group.Found.Count), total = groups.Sum(group => group.Found.Total);
        var differences = new List<GroupDifference>();
        GroupSummary[] left = [.. groups];
        while (left.Length > 0)
        {
            double level = 1 - (GroupComparison.ErrorRate / left.Length);
            ILookup<bool, GroupDifference> step = left.Select(group => Compare(
                    group, null, new Proportion(found - group.Found.Count, total - group.Found.Total), level))
                .ToLookup(difference => test.IsPassed && difference.ExcludesNone);
            differences.AddRange(step[true].Select(difference => difference with { IsDifference = true }));
            if (!step[true].Any()) differences.AddRange(step[false]);
            left = step[true].Any() ? [.. left.IntersectBy(step[false].Select(difference => difference.Group), group => group.Group)] : [];
        }

        return [.. differences.OrderByDescending(difference => Math.Abs(difference.Difference.Value)).ThenBy(difference => difference.Group, StringComparer.Ordinal)];
    }

    private static GroupDifference Compare(GroupSummary group, string? otherName, Proportion other, double level) => new()
    {
        Group = group.Group,
        Other = otherName,
        Level = level,
        Difference = GroupIntervals.Difference(group.Found, other, level),
        Ratio = GroupIntervals.Ratio(group.Found, other, level),
        Remark = other.Count == 0 ? NoRatio(otherName is null ? "the rest" : $"'{otherName}'")
            : group.Found.Count == 0 ? NoRatio($"'{group.Group}'") : null,
    };

    private static string NoRatio(string group) => $"no ratio: no row of {group} has a counterfactual dataset";
}
