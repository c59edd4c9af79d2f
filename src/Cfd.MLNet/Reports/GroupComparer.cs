namespace Cfd.MLNet.Reports;

/// <summary>Counts rows by group and sets the groups side by side.</summary>
internal static class GroupComparer
{
    /// <summary>The protected attribute first, then each further column, then each pair of columns crossed.</summary>
    public static IEnumerable<GroupComparison> CompareAll(
        IReadOnlyList<AuditedRow> rows, IReadOnlyList<string> attributes, KnownGroups known, long seed)
    {
        for (int first = 0; first < attributes.Count; first++) yield return Compare(rows, attributes, [first], known, seed);
        for (int first = 0; first < attributes.Count; first++)
        {
            for (int second = first + 1; second < attributes.Count; second++) yield return Compare(rows, attributes, [first, second], known, seed);
        }
    }

    /// <summary>Tests and differences of groups that are counted already.</summary>
    public static GroupComparison Compare(
        IReadOnlyList<string> attributes, IReadOnlyList<GroupSummary> groups, long seed, int permutations = GroupPermutationTest.Permutations)
    {
        GroupSummary[] compared = [.. groups.Where(group => group.Remark is null)];
        var test = compared.Length < 2 ? null : GroupPermutationTest.Run([.. compared.Select(group => group.Found)], seed, permutations);
        return new GroupComparison
        {
            Attributes = attributes,
            Groups = groups,
            GlobalTest = test,
            Differences = GroupDifferences.Of(compared, test),
        };
    }

    /// <summary>Rows that the filters let pass and that were answered, and of these the rows with a counterfactual dataset.</summary>
    public static Proportion Found(IReadOnlyCollection<AuditedRow> rows) => new(
        rows.Count(row => row.Outcome == CounterfactualOutcome.Found), rows.Count(row => row.IsAnswered));

    private static GroupComparison Compare(
        IReadOnlyList<AuditedRow> rows, IReadOnlyList<string> attributes, int[] chosen, KnownGroups known, long seed)
    {
        var inTestView = known.Of(chosen);
        var audited = rows.ToLookup(row => ValueList<string>.Of(chosen.Select(row.GroupValue)));
        var groups = inTestView.Keys.Union(audited.Select(members => members.Key))
            .Select(values => Summarise(values, [.. audited[values]], inTestView.GetValueOrDefault(values)))
            .OrderBy(group => group.Group, StringComparer.Ordinal);
        return Compare([.. chosen.Select(index => attributes[index])], [.. groups], seed);
    }

    private static GroupSummary Summarise(ValueList<string> values, AuditedRow[] rows, int inTestView)
    {
        var found = Found(rows);
        return new GroupSummary
        {
            Values = values,
            InTestView = Math.Max(inTestView, rows.Length),
            Audited = rows.Length,
            Found = found,
            ToFavourable = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false }),
            Unsettled = rows.Count(row => row.Outcome == CounterfactualOutcome.Unsettled),
            Open = rows.Count(row => row.IsOpen),
            Remark = Remark(rows.Length, found.Total, rows.Count(row => row.IsOpen)),
        };
    }

    private static string? Remark(int audited, int answered, int open) => (audited, answered, open) switch
    {
        (0, _, _) => "not compared: 0 audited",
        (_, < GroupComparison.MinimumRows, _) => $"too few rows to compare: {answered} answered, at least {GroupComparison.MinimumRows} are needed",
        (_, _, > 0) => $"not compared: {open} rows open, and those found end first",
        _ => null,
    };
}
