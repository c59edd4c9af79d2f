using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>A schedule whose attempts for a row are fixed by its ranking.</summary>
internal abstract record ListedSchedule : Schedule
{
    /// <summary>The flip sets in order, made as they are asked for.</summary>
    /// <param name="ranking">Training rows, best first.</param>
    /// <param name="candidates">How many rows psi admits.</param>
    /// <param name="budget">m.</param>
    /// <param name="random">For schedules that draw.</param>
    public abstract IEnumerable<FlipSet> Attempts(int[] ranking, int candidates, int budget, SeededRandom random);

    internal override IChooser CreateChooser(IReadOnlyList<RowSearch> rows, SearchPlan plan)
        => new RowByRowChooser(rows, row => new ListedAttempts(Attempts(row, plan)), plan.Harvests);

    internal override int RetrainsAtMost(IReadOnlyList<RowSearch> rows, SearchPlan plan)
        => rows.Where(row => row.Outcome is null).SelectMany(row => Attempts(row, plan)).Distinct().Count();

    private IEnumerable<FlipSet> Attempts(RowSearch row, SearchPlan plan) => Attempts(
        row.Ranking, row.Candidates, plan.Budget, SeededRandom.ForStream(row.DrawSeed, RandomStream.SampledAttempts));

    private protected static IEnumerable<FlipSet> Singles(int[] ranking, int count)
        => Enumerable.Range(0, count).Select(rank => new FlipSet(ranking.AsSpan(rank, 1)));
}

/// <summary>See <see cref="Schedule.TopK"/>.</summary>
internal sealed record TopKSchedule : ListedSchedule
{
    public override IEnumerable<FlipSet> Attempts(int[] ranking, int candidates, int budget, SeededRandom random)
        => Enumerable.Range(1, Math.Min(budget, candidates)).Select(k => new FlipSet(ranking.AsSpan(0, k)));

    internal override int RankedRowsNeeded(int candidates, int budget) => Math.Min(budget, candidates);

    internal override int AttemptsAtMost(int candidates, int budget) => Math.Min(budget, candidates);
}

/// <summary>See <see cref="Schedule.SingleFlips"/>.</summary>
internal sealed record SingleFlipsSchedule : ListedSchedule
{
    private const double Share = 0.1;

    internal override bool FlipsOneLabel => true;

    public override IEnumerable<FlipSet> Attempts(int[] ranking, int candidates, int budget, SeededRandom random)
        => Singles(ranking, AttemptsAtMost(candidates, budget));

    internal override int RankedRowsNeeded(int candidates, int budget) => AttemptsAtMost(candidates, budget);

    internal override int AttemptsAtMost(int candidates, int budget) => Math.Max(1, (int)Math.Floor((Share * candidates) + 1e-9));
}

/// <summary>See <see cref="Schedule.Exhaustive"/>.</summary>
internal sealed record ExhaustiveSchedule : ListedSchedule
{
    internal override bool FlipsOneLabel => true;

    public override IEnumerable<FlipSet> Attempts(int[] ranking, int candidates, int budget, SeededRandom random) => Singles(ranking, candidates);

    internal override int AttemptsAtMost(int candidates, int budget) => candidates;
}
