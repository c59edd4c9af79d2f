using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Finds features that alone tell the label, or the group: by their values where they have few, by the best threshold where they are numbers.</summary>
internal static class LeakCheck
{
    private const int FewestRows = 20;

    // Of the rows with the rarer outcome, so that a rare outcome does not make every column look like a leak.
    private const double MostErrors = 0.05;

    private const int MostGroups = 6;

    /// <summary>A remark for each such column.</summary>
    public static IEnumerable<string> Remarks(UnderstoodTable table, Outcome outcome, Groups groups, IReadOnlyList<int> rows)
    {
        if (rows.Count < FewestRows) yield break;
        foreach (var (column, errors) in Tellers(table, [.. rows.Select(outcome.IsPositive)], rows))
        {
            yield return $"Column {Shown.Value(column.Name)} alone tells {Shown.Value(outcome.Column.Name)} of {Told(errors, rows.Count)}. " +
                $"It may have been written after the decision; if so, leave it out with --ignore {Shown.Argument(column.Name)}.";
        }

        if (groups.Names.Count > MostGroups) yield break;
        var ofEach = groups.Names.Select(name => Tellers(table, [.. rows.Select(row => groups[row] == name)], rows).ToDictionary(teller => teller.Column, teller => teller.Errors)).ToArray();
        foreach (var (column, _) in ofEach[0].Where(teller => ofEach.All(tellers => tellers.ContainsKey(teller.Key))))
        {
            yield return $"Column {Shown.Value(column.Name)} alone tells the group by {Shown.Value(groups.Name)} of {Told(ofEach.Max(tellers => tellers[column]), rows.Count)}. phi changes {Shown.Value(groups.Name)} and leaves that column as it is, so a model that goes by it passes for fair; " +
                $"leave it out with --ignore {Shown.Argument(column.Name)}.";
        }
    }

    private static string Told(int errors, int rows) => errors == 0 ? "every row" : $"{Shown.Count(rows - errors)} of {Shown.Counted(rows, "row")}";

    /// <summary>The features that alone tell nearly all labels, each with the rows for which it does not.</summary>
    private static IEnumerable<(UnderstoodColumn Column, int Errors)> Tellers(UnderstoodTable table, bool[] labels, IReadOnlyList<int> rows)
    {
        int rarer = Math.Min(labels.Count(label => label), labels.Count(label => !label));
        // One each for all columns: they are as long as the file.
        float[] values = new float[rows.Count];
        int[] codes = new int[rows.Count];
        bool[] sorted = new bool[rows.Count];
        foreach (var column in table.Features)
        {
            int errors = int.MaxValue;
            if (column.Numbers is { } numbers)
            {
                for (int i = 0; i < values.Length; i++) values[i] = numbers[rows[i]];
                labels.CopyTo(sorted, 0);
                errors = ErrorsOfThreshold(values, sorted);
            }

            // Filled, a missing number is an input of its own.
            if (column.Numbers is null || column.Missing > 0)
            {
                for (int i = 0; i < codes.Length; i++) codes[i] = column.Numbers is null ? column.Texts!.Codes[rows[i]] : column.IsMissing(rows[i]) ? 0 : 1;
                errors = Math.Min(errors, ErrorsOfValues(codes, labels));
            }

            if (errors <= MostErrors * rarer) yield return (column, errors);
        }
    }

    /// <summary>Rows on the wrong side of the best threshold; missing values count as wrong. Sorts both in place.</summary>
    private static int ErrorsOfThreshold(float[] values, bool[] labels)
    {
        // NaN comes before all numbers.
        Array.Sort(values, labels);
        int missing = values.Count(float.IsNaN), present = values.Length - missing;
        int positive = labels.Skip(missing).Count(label => label), below = 0, positiveBelow = 0, best = Math.Min(positive, present - positive);
        for (int i = missing; i < values.Length; i++)
        {
            below++;
            if (labels[i]) positiveBelow++;
            if (i + 1 < values.Length && values[i + 1] == values[i]) continue;
            // Above positive, below negative; or the other way round.
            int errors = positiveBelow + (present - below - (positive - positiveBelow));
            best = Math.Min(best, Math.Min(errors, present - errors));
        }

        return best + missing;
    }

    /// <summary>Rows that do not have the more frequent label of their value; a value of its own in a row tells nothing, so it counts as wrong.</summary>
    private static int ErrorsOfValues(int[] codes, bool[] labels)
    {
        // A missing value (-1) is a value like others here.
        int[] counts = new int[codes.Max() + 2], positives = new int[counts.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            counts[codes[row] + 1]++;
            if (labels[row]) positives[codes[row] + 1]++;
        }

        return counts.Zip(positives, (count, positive) => count == 1 ? 1 : Math.Min(positive, count - positive)).Sum();
    }
}
