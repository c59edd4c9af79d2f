using MathNet.Numerics.Distributions;

namespace Cfd.MLNet.Reports;

/// <summary>Counts rows by group and sets the groups side by side.</summary>
internal static class GroupComparer
{
    private static readonly double Z = Normal.InvCDF(0, 1, 0.975);

    /// <summary>The protected attribute first, then each further column, then each pair of columns crossed.</summary>
    public static IEnumerable<GroupComparison> CompareAll(IReadOnlyList<AuditedRow> rows, IReadOnlyList<string> attributes)
    {
        for (int first = 0; first < attributes.Count; first++) yield return Compare(rows, attributes, [first]);
        for (int first = 0; first < attributes.Count; first++)
        {
            for (int second = first + 1; second < attributes.Count; second++) yield return Compare(rows, attributes, [first, second]);
        }
    }

    /// <summary>Newcombe's hybrid score interval of the difference of two shares.</summary>
    public static Interval Difference(Proportion one, Proportion other)
    {
        double p = one.Value!.Value, q = other.Value!.Value;
        return new Interval(
            p - q,
            p - q - Math.Sqrt(Square(p - one.Low) + Square(other.High - q)),
            p - q + Math.Sqrt(Square(one.High - p) + Square(q - other.Low)));
    }

    /// <summary>Katz's log interval of the ratio of two shares; null where one of them is 0.</summary>
    public static Interval? Ratio(Proportion one, Proportion other)
    {
        if (one.Count == 0 || other.Count == 0) return null;
        double ratio = one.Value!.Value / other.Value!.Value;
        double error = Math.Sqrt((1.0 / one.Count) - (1.0 / one.Total) + (1.0 / other.Count) - (1.0 / other.Total));
        return new Interval(ratio, ratio * Math.Exp(-Z * error), ratio * Math.Exp(Z * error));
    }

    /// <summary>Rows that the filters let pass and that were answered, and of these the rows with a counterfactual dataset.</summary>
    public static Proportion Found(IReadOnlyCollection<AuditedRow> rows) => new(
        rows.Count(row => row.Outcome == CounterfactualOutcome.Found), rows.Count(row => row.IsAnswered));

    private static GroupComparison Compare(IReadOnlyList<AuditedRow> rows, IReadOnlyList<string> attributes, int[] chosen)
    {
        var groups = rows.GroupBy(row => ValueList<string>.Of(chosen.Select(row.GroupValue)))
            .Select(members => Summarise(members.Key, [.. members]))
            .OrderBy(group => group.Group, StringComparer.Ordinal).ToArray();
        return new GroupComparison
        {
            Attributes = [.. chosen.Select(index => attributes[index])],
            Groups = groups,
            Differences = [.. Differences([.. groups.Where(group => group.Remark is null)])],
        };
    }

    private static GroupSummary Summarise(ValueList<string> values, AuditedRow[] rows)
    {
        var found = Found(rows);
        return new GroupSummary
        {
            Values = values,
            Audited = rows.Length,
            Found = found,
            ToFavourable = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false }),
            Remark = found.Total >= GroupComparison.MinimumRows
                ? null
                : $"too few rows to compare: {found.Total} answered, at least {GroupComparison.MinimumRows} are needed",
        };
    }

    private static IEnumerable<GroupDifference> Differences(GroupSummary[] groups)
        => from first in Enumerable.Range(0, groups.Length)
           from second in Enumerable.Range(first + 1, groups.Length - first - 1)
           let difference = Between(groups[first], groups[second])
           orderby difference.Difference.Value descending
           select difference;

    private static GroupDifference Between(GroupSummary one, GroupSummary other)
    {
        if (one.Found.Value < other.Found.Value) (one, other) = (other, one);
        return new GroupDifference
        {
            Group = one.Group,
            Other = other.Group,
            Difference = Difference(one.Found, other.Found),
            Ratio = Ratio(one.Found, other.Found),
            Remark = other.Found.Count == 0 ? $"no ratio: no row of '{other.Group}' has a counterfactual dataset" : null,
        };
    }

    private static double Square(double value) => value * value;
}
