using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>A comparison of groups in words.</summary>
internal static class GroupFinding
{
    private const int MostNamed = 5;

    public static string Of(GroupComparison comparison)
    {
        string attributes = string.Join(" and ", comparison.Attributes);
        if (comparison.GlobalTest is { } test && comparison.Differences.Count > 0) return Compared(comparison, test, attributes) + LeftOut(comparison);
        string reason = WhyNotCompared(comparison, attributes);
        return $"{char.ToUpperInvariant(reason[0])}{reason[1..]}, so nothing can be said of differences.";
    }

    /// <summary>The groups that the comparison says nothing of.</summary>
    private static string LeftOut(GroupComparison comparison)
    {
        string[] few = [.. comparison.Groups.Where(group => group.Found.Total < GroupComparison.MinimumRows).Select(group => Shown(group.Group))];
        string more = few.Length > MostNamed ? $" and {few.Length - MostNamed} more" : "";
        return few.Length == 0 ? "" : $" Not compared, with fewer than {GroupComparison.MinimumRows} answered rows: {string.Join(", ", few.Take(MostNamed))}{more}.";
    }

    private static string Compared(GroupComparison comparison, GroupTest test, string attributes)
    {
        string byChance = string.Create(CultureInfo.InvariantCulture, $"permutation test, p = {test.PValue:0.000#}");
        if (comparison.Differences is [{ Other: { } other } only])
        {
            string points = $"{Points(only.Difference.Value)} percentage points ({Percent(only.Level)} interval {Points(only.Difference.Low)} to {Points(only.Difference.High)}; {byChance})";
            return only.IsDifference
                ? $"The share is higher for {Shown(only.Group)} than for {Shown(other)} by {points}."
                : $"No difference between {Shown(only.Group)} and {Shown(other)} can be told from these rows: {points}{(only.Difference is { Low: > 0 } or { High: < 0 } ? "; the interval leaves 0 out, the test does not, and only what passes both is called a difference" : "")}.";
        }

        GroupDifference[] passed = [.. comparison.Differences.Where(difference => difference.IsDifference)];
        if (!test.IsPassed) return $"No difference between the {comparison.Differences.Count} groups of {attributes} can be told from these rows ({byChance}).";
        string start = $"The {comparison.Differences.Count} groups of {attributes} differ ({byChance})";
        return passed.Length == 0
            ? $"{start}, but of none can it be told that it differs from the rest."
            : $"{start}: {string.Join(", ", passed.Select(AgainstRest))}.";
    }

    /// <summary>Why no two groups are compared, as a clause.</summary>
    /// <param name="comparison">One without differences.</param>
    /// <param name="attributes">How its attributes are called.</param>
    public static string WhyNotCompared(GroupComparison comparison, string attributes)
    {
        GroupSummary[] enough = [.. comparison.Groups.Where(group => group.Found.Total >= GroupComparison.MinimumRows)];
        if (enough.Length < 2) return $"no two groups of {attributes} have {GroupComparison.MinimumRows} answered rows each";
        int open = enough.Sum(group => group.Open);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"rows found end first, and {(open == 1 ? "1 row is" : $"{open} rows are")} open in the groups of {attributes} that have {GroupComparison.MinimumRows} answered rows each");
    }

    private static string AgainstRest(GroupDifference difference) => string.Create(CultureInfo.InvariantCulture,
        $"{Shown(difference.Group)} lies {Math.Abs(100 * difference.Difference.Value):0.0} percentage points {(difference.Difference.Value > 0 ? "above" : "below")} the rest");

    private static string Shown(string group) => group.Length == 0 ? "(missing)" : $"'{group}'";

    private static string Points(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Percent(double level) => string.Create(CultureInfo.InvariantCulture, $"{100 * level:0.#} %");
}
