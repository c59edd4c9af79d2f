using Cfd.MLNet.Common;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search;

/// <summary>The flip sets that a schedule tries for one test row, given its ranking of training rows, best first.</summary>
internal static class Attempts
{
    private const int AttemptsPerSize = 10;
    private const double SingleFlipShare = 0.1;

    /// <summary>How far down its ranking a schedule looks.</summary>
    public static int RankedRowsNeeded(AttemptSchedule schedule, int budget, int candidates) => schedule switch
    {
        AttemptSchedule.TopK => Math.Min(budget, candidates),
        AttemptSchedule.SingleFlips => SingleFlips(candidates),
        AttemptSchedule.SampledTopK => Math.Min(candidates, Enumerable.Range(1, Math.Min(budget, candidates)).Max(PoolSize)),
        _ => candidates,
    };

    /// <summary>How many flip sets a schedule tries if none succeeds.</summary>
    public static int Count(AttemptSchedule schedule, int candidates, int budget) => schedule switch
    {
        AttemptSchedule.TopK => Math.Min(budget, candidates),
        AttemptSchedule.SingleFlips => SingleFlips(candidates),
        AttemptSchedule.Predicted => PredictedAttempts.AtMost,
        AttemptSchedule.SampledTopK => Enumerable.Range(1, Math.Min(budget, candidates)).Sum(k => AttemptsOfSize(k, candidates)),
        _ => candidates,
    };

    /// <summary>The flip sets in order, made as they are asked for. random is used by <see cref="AttemptSchedule.SampledTopK"/> alone.</summary>
    public static IEnumerable<FlipSet> For(
        AttemptSchedule schedule, int[] ranking, int candidates, int budget, SeededRandom random) => schedule switch
        {
            AttemptSchedule.TopK => Enumerable.Range(1, Math.Min(budget, candidates)).Select(k => new FlipSet(ranking.AsSpan(0, k))),
            AttemptSchedule.SampledTopK => Sampled(ranking, candidates, budget, random),
            AttemptSchedule.SingleFlips => Singles(ranking, SingleFlips(candidates)),
            AttemptSchedule.Exhaustive => Singles(ranking, candidates),
            _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "Unknown schedule."),
        };

    private static int SingleFlips(int candidates) => Math.Max(1, (int)Math.Floor((SingleFlipShare * candidates) + 1e-9));

    private static IEnumerable<FlipSet> Singles(int[] ranking, int count)
        => Enumerable.Range(0, count).Select(rank => new FlipSet(ranking.AsSpan(rank, 1)));

    private static IEnumerable<FlipSet> Sampled(int[] ranking, int candidates, int budget, SeededRandom random)
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

    private static int AttemptsOfSize(int k, int candidates)
        => (int)Math.Min(AttemptsPerSize, Subsets(Math.Min(PoolSize(k), candidates), k));

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

    /// <summary>a k for the smallest integer a with more than 10 subsets of size k.</summary>
    private static int PoolSize(int k)
    {
        int multiple = 1;
        while (Subsets(multiple * k, k) <= AttemptsPerSize) multiple++;
        return multiple * k;
    }

    /// <summary>(pool choose k), exact up to the number of attempts; larger ones only say that they are larger.</summary>
    private static double Subsets(int pool, int k)
    {
        double count = 1;
        for (int i = 1; i <= pool - k && i <= k; i++)
        {
            count = count * (pool - Math.Min(k, pool - k) + i) / i;
            if (count > 1000 * AttemptsPerSize) break;
        }

        return Math.Round(count);
    }
}
