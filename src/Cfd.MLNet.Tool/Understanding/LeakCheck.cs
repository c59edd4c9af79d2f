using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Finds features that alone tell the label: by their values where they have few, by the best threshold where they are numbers.</summary>
internal static class LeakCheck
{
    private const int FewestRows = 20;

    // Of the rows with the rarer outcome, so that a rare outcome does not make every column look like a leak.
    private const double MostErrors = 0.05;

    /// <summary>A remark for each such column.</summary>
    public static IEnumerable<string> Remarks(UnderstoodTable table, Outcome outcome, IReadOnlyList<int> rows)
    {
        if (rows.Count < FewestRows) yield break;
        bool[] labels = [.. rows.Select(outcome.IsPositive)];
        int rarer = Math.Min(labels.Count(label => label), labels.Count(label => !label));
        foreach (var column in table.Features)
        {
            int errors = column.Numbers is { } numbers ? ErrorsOfThreshold([.. rows.Select(row => numbers[row])], labels) : ErrorsOfValues([.. rows.Select(row => column.Texts!.Codes[row])], labels);
            if (errors <= MostErrors * rarer)
            {
                yield return $"Column {Shown.Value(column.Name)} alone tells {Shown.Value(outcome.Column.Name)} of {(errors == 0 ? "every row" : $"{Shown.Count(rows.Count - errors)} of {Shown.Counted(rows.Count, "row")}")}. " +
                    $"It may have been written after the decision; if so, leave it out with --ignore {Shown.Argument(column.Name)}.";
            }
        }
    }

    /// <summary>Rows on the wrong side of the best threshold; missing values count as wrong.</summary>
    private static int ErrorsOfThreshold(float[] values, bool[] labels)
    {
        int missing = values.Count(float.IsNaN);
        int[] order = [.. Enumerable.Range(0, values.Length).Where(row => !float.IsNaN(values[row]))];
        Array.Sort(order, (left, right) => values[left].CompareTo(values[right]));
        int positive = order.Count(row => labels[row]), below = 0, positiveBelow = 0, best = Math.Min(positive, order.Length - positive);
        for (int i = 0; i < order.Length; i++)
        {
            below++;
            if (labels[order[i]]) positiveBelow++;
            if (i + 1 < order.Length && values[order[i + 1]] == values[order[i]]) continue;
            // Above positive, below negative; or the other way round.
            int errors = positiveBelow + (order.Length - below - (positive - positiveBelow));
            best = Math.Min(best, Math.Min(errors, order.Length - errors));
        }

        return best + missing;
    }

    /// <summary>Rows that do not have the more frequent label of their value; a value of its own in a row tells nothing, so it counts as wrong.</summary>
    private static int ErrorsOfValues(int[] codes, bool[] labels)
        => codes.Index().GroupBy(entry => entry.Item).Sum(value =>
        {
            int count = value.Count(), positive = value.Count(entry => labels[entry.Index]);
            return count == 1 ? 1 : Math.Min(positive, count - positive);
        });
}
