using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>See <see cref="Schedule.SampledTopK"/>.</summary>
internal sealed record SampledTopKSchedule(int Draws) : ListedSchedule
{
    public override IEnumerable<FlipSet> Attempts(int[] ranking, int candidates, int budget, SeededRandom random)
    {
        for (int k = 1; k <= Math.Min(budget, candidates); k++)
        {
            int pool = Math.Min(PoolSize(k), candidates);
            var tried = new HashSet<FlipSet>();
            var next = new FlipSet(ranking.AsSpan(0, k));
            for (int remaining = AttemptsOfSize(k, candidates); remaining > 0; remaining--)
            {
                while (!tried.Add(next)) next = Draw(ranking, pool, k, ref random);
                yield return next;
            }
        }
    }

    internal override int RankedRowsNeeded(int candidates, int budget)
        => Math.Min(candidates, Enumerable.Range(1, Math.Min(budget, candidates)).Max(PoolSize));

    internal override int AttemptsAtMost(int candidates, int budget)
        => Enumerable.Range(1, Math.Min(budget, candidates)).Sum(k => AttemptsOfSize(k, candidates));

    private int AttemptsOfSize(int k, int candidates) => (int)Math.Min(Draws, Subsets(Math.Min(PoolSize(k), candidates), k));

    private static FlipSet Draw(int[] ranking, int pool, int k, ref SeededRandom random)
    {
        var drawn = ranking.AsSpan(0, pool).ToArray();
        for (int i = 0; i < k; i++)
        {
            int j = i + random.NextInt32(pool - i);
            (drawn[i], drawn[j]) = (drawn[j], drawn[i]);
        }

        return new FlipSet(drawn.AsSpan(0, k));
    }

    /// <summary>a k for the smallest integer a with more subsets of size k than draws.</summary>
    private int PoolSize(int k)
    {
        int multiple = 1;
        while (Subsets(multiple * k, k) <= Draws) multiple++;
        return multiple * k;
    }

    /// <summary>(pool choose k), exact up to the number of draws; larger ones only say that they are larger.</summary>
    private double Subsets(int pool, int k)
    {
        double count = 1;
        for (int i = 1; i <= pool - k && i <= k; i++)
        {
            count = count * (pool - Math.Min(k, pool - k) + i) / i;
            if (count > 1000.0 * Draws) break;
        }

        return Math.Round(count);
    }
}
