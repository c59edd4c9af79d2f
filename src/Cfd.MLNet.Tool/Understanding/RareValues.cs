using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Groups and label values of a row or two: often a line of totals, or a slip of the pen, that nobody meant as a value.</summary>
internal static class RareValues
{
    private const int FewRows = 2;
    private const int ManyRows = 50;

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Remarks(Outcome outcome, Groups groups, IReadOnlyList<int> rows)
    {
        if (rows.Count < ManyRows) yield break;
        foreach (var group in rows.CountBy(row => groups[row]!).Where(group => group.Value <= FewRows).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return $"Group {Shown.Value(group.Key)} has {Shown.Counted(group.Value, "row")}, of which nothing can be said. If it is no group, as in a line of totals, say --missing {Shown.Argument(group.Key)}.";
        if (outcome.IsComparison) yield break;
        var values = outcome.Column.Texts!;
        int[] counts = values.Counts(rows);
        if (counts.Count(count => count > 0) < 3) yield break;
        foreach (var (code, value) in values.Values.Index().Where(value => counts[value.Index] is > 0 and <= FewRows))
            yield return $"Label value {Shown.Value(value)} stands in {Shown.Counted(counts[code], "row")} and counts as {(outcome.IsPositiveValue(code) ? "positive" : "negative")}. If it is a mistake, say --missing {Shown.Argument(value)}.";
    }
}
