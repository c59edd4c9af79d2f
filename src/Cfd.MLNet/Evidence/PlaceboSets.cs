using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Evidence;

/// <summary>Random flip sets: a pure function of the rows they are drawn from, their size and number, and the seed.</summary>
internal static class PlaceboSets
{
    /// <summary>Different sets of that size; all that there are, where these are no more than asked for.</summary>
    /// <param name="rows">Rows to draw from, ascending.</param>
    /// <param name="size">Labels a set, 1 to the number of rows.</param>
    /// <param name="count">Sets.</param>
    /// <param name="seed">Any value.</param>
    public static FlipSet[] Draw(int[] rows, int size, int count, long seed)
    {
        if (Subsets.Count(rows.Length, size, count) <= count) return [.. Subsets.All(rows, size)];
        var random = SeededRandom.ForStream(unchecked(seed + ContentHash.Of<int>(rows) + size), RandomStream.Placebos);
        var sets = new List<FlipSet>(count);
        var known = new HashSet<FlipSet>();
        while (sets.Count < count)
        {
            var drawn = Draw(rows, size, ref random);
            if (known.Add(drawn)) sets.Add(drawn);
        }

        return [.. sets];
    }

    /// <summary>One uniform subset (R. W. Floyd's sampling without replacement; Bentley and Floyd, CACM 1987).</summary>
    private static FlipSet Draw(int[] rows, int size, ref SeededRandom random)
    {
        var places = new HashSet<int>(size);
        for (int last = rows.Length - size; last < rows.Length; last++)
        {
            if (!places.Add(random.NextInt32(last + 1))) places.Add(last);
        }

        return new FlipSet([.. places.Select(place => rows[place])]);
    }
}
