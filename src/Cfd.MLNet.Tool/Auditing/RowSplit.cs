using FairnessDatasets.Splitting;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>
/// Row numbers of a training, a validation and a held-out part, each in ascending order. Drawn within each group and outcome, so that
/// all parts have their share of each; where a stratum is too small to share, its rows are training rows.
/// </summary>
internal sealed record RowSplit(int[] Train, int[] Validation, int[] Test)
{
    private const int FewestOfAGroup = 10;

    /// <summary>60, 20 and 20 percent; 75 and 25 where the held-out rows are given.</summary>
    /// <param name="strata">For each row its group and outcome, as one text.</param>
    /// <param name="isTest">Whether a row is held out by the user; null: nobody says.</param>
    /// <param name="seed">The same seed gives the same parts on every machine.</param>
    public static RowSplit Draw(IReadOnlyList<string> strata, Func<int, bool>? isTest, int seed)
    {
        var random = new SplitMix64(seed);
        List<int> train = [], validation = [], test = [];
        int[] rows = [.. Enumerable.Range(0, strata.Count)];
        if (isTest is not null) test.AddRange(rows.Where(isTest));
        foreach (var stratum in rows.Where(row => isTest is null || !isTest(row)).GroupBy(row => strata[row]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            int[] order = Shuffled([.. stratum], random);
            int held = isTest is null ? Share(order.Length, 5) : 0;
            int validated = Share(order.Length - held, 4);
            test.AddRange(order[..held]);
            validation.AddRange(order[held..(held + validated)]);
            train.AddRange(order[(held + validated)..]);
        }

        return new RowSplit([.. train.Order()], [.. validation.Order()], [.. test.Order()]);
    }

    /// <summary>So many of the held-out rows, drawn by group: in proportion, but of a small group ten where it has them.</summary>
    /// <param name="test">The held-out rows.</param>
    /// <param name="groupOf">The group of a row.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static int[] Audited(int[] test, Func<int, string> groupOf, int count, int seed)
    {
        if (test.Length <= count) return test;
        var random = new SplitMix64(seed + 1);
        var groups = test.GroupBy(groupOf).OrderBy(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => Shuffled([.. group], random)).ToArray();
        var drawn = new List<int>();
        int left = count, open = test.Length;
        // Small groups first: what they take beyond their share comes off the large ones.
        for (int index = 0; index < groups.Length; index++)
        {
            int fair = (int)Math.Round((double)left * groups[index].Length / open);
            int evenly = left / (groups.Length - index);
            int take = Math.Min(Math.Min(groups[index].Length, left), Math.Max(fair, Math.Min(FewestOfAGroup, evenly)));
            drawn.AddRange(groups[index][..take]);
            (left, open) = (left - take, open - groups[index].Length);
        }

        return [.. drawn.Order()];
    }

    private static int Share(int rows, int of) => rows < 3 ? 0 : Math.Max(1, (int)Math.Round((double)rows / of));

    private static int[] Shuffled(int[] rows, SplitMix64 random)
    {
        for (int last = rows.Length - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (rows[last], rows[other]) = (rows[other], rows[last]);
        }

        return rows;
    }
}
