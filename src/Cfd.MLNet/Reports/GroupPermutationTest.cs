namespace Cfd.MLNet.Reports;

/// <summary>The permutation test of <see cref="GroupTest"/>.</summary>
internal static class GroupPermutationTest
{
    /// <summary>Steps of 0.0001; the standard error of a p-value of 0.05 is 0.002.</summary>
    public const int Permutations = 9_999;

    /// <summary>Tables that are alike but for the order of equal groups reach each other in spite of rounding.</summary>
    private const double Rounding = 1 - 1e-12;

    /// <param name="groups">Found of answered in each group, at least one answered.</param>
    /// <param name="seed">Decides the shuffles.</param>
    /// <param name="permutations">How many; the error rate holds for any number p for which (p + 1) * 0.05 is whole.</param>
    public static GroupTest Run(IReadOnlyList<Proportion> groups, long seed, int permutations = Permutations)
    {
        int found = groups.Sum(group => group.Count), total = groups.Sum(group => group.Total);
        // Drawing the rarer of found and not found tells the other; chi-square is the same for both.
        bool drawsFound = found <= total - found;
        int[] drawn = [.. groups.Select(group => drawsFound ? group.Count : group.Total - group.Count)];
        double reached = Spread(drawn, groups) * Rounding;
        int[] groupOf = [.. Enumerable.Range(0, groups.Count).SelectMany(group => Enumerable.Repeat(group, groups[group].Total))];
        int toDraw = drawn.Sum(), extreme = 0;
        var random = SeededRandom.ForStream(seed, RandomStream.PermutedGroups);
        for (int permutation = 0; permutation < permutations; permutation++)
        {
            Array.Clear(drawn);
            for (int row = 0; row < toDraw; row++)
            {
                int other = row + random.NextInt32(total - row);
                (groupOf[row], groupOf[other]) = (groupOf[other], groupOf[row]);
                drawn[groupOf[row]]++;
            }

            if (Spread(drawn, groups) >= reached) extreme++;
        }

        return new GroupTest((1.0 + extreme) / (1 + permutations), permutations);
    }

    /// <summary>Sum of count^2 / rows over the groups: Pearson's chi-square up to a factor and a summand that no shuffle changes.</summary>
    private static double Spread(int[] counts, IReadOnlyList<Proportion> groups)
    {
        double sum = 0;
        for (int group = 0; group < counts.Length; group++) sum += (double)counts[group] * counts[group] / groups[group].Total;
        return sum;
    }
}
