using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>See <see cref="Schedule.Adaptive"/>.</summary>
internal sealed record AdaptiveSchedule(int? MaxRetrains) : Schedule
{
    internal override bool NeedsForecast => true;

    internal override int AttemptsAtMost(int candidates, int budget) => candidates;

    internal override IChooser CreateChooser(IReadOnlyList<RowSearch> rows, SearchPlan plan) => new AdaptiveChooser(rows, plan.Budget, MaxRetrains);

    internal override int RetrainsAtMost(IReadOnlyList<RowSearch> rows, SearchPlan plan)
        => (int)Math.Min(MaxRetrains ?? int.MaxValue, rows.Sum(row => (long)row.AttemptsAtMost));
}

/// <summary>
/// Rounds of a few retrains, each the flip set expected to turn over the most decisions of rows still waiting; every retrained model is asked
/// about all waiting rows whose psi admits its flips, and its shifts correct their forecasts. What is chosen depends on the rows and options
/// alone: rounds are of fixed size, whatever the number of cores.
/// </summary>
internal sealed class AdaptiveChooser : IChooser
{
    /// <summary>Retrains chosen before their answers are looked at: enough to keep cores busy, few enough to learn from.</summary>
    private const int RoundSize = 4;

    /// <summary>Decisions that a retrain must be expected to turn over to be worth it.</summary>
    private const double SmallestGain = 0.05;

    private readonly List<RowSearch> _waiting;
    private readonly AdaptiveClass[] _classes;
    private int _retrainsLeft;

    public AdaptiveChooser(IReadOnlyList<RowSearch> rows, int budget, int? maxRetrains)
    {
        // Rows with the same candidates, as the default psi gives them by group and decision, can share every flip set.
        _waiting = [.. rows.Where(search => search.Outcome is null)];
        _classes = [.. _waiting.GroupBy(search => search.CandidateRows).Select(members => AdaptiveClass.Create(members, budget))];
        _retrainsLeft = maxRetrains ?? int.MaxValue;
    }

    /// <summary>The best flip set of any class, then the best given that those chosen may succeed.</summary>
    public IReadOnlyList<FlipSet> Choose(int atOnce)
    {
        _waiting.RemoveAll(search => search.Outcome is not null);
        var round = new List<FlipSet>();
        for (; round.Count < RoundSize && _retrainsLeft > 0; _retrainsLeft--)
        {
            var best = _classes.MaxBy(rows => rows.Best.Gain);
            if (best is null || best.Best.Gain < SmallestGain) break;
            round.Add(best.Take());
        }

        foreach (var rows in _classes) rows.EndRound();
        return round;
    }

    public void Take(IReadOnlyList<FlipSet> round, IReadOnlyList<Retrain?> retrains, RetrainTally tally)
    {
        for (int place = 0; place < round.Count; place++)
        {
            if (retrains[place] is not { } retrain) continue;
            int distinct = tally.Count(round[place], retrain);
            var shifts = new Dictionary<RowSearch, float>();
            foreach (var search in _waiting)
            {
                if (search.Outcome is null && search.Admits(round[place]) && search.Answer(round[place], retrain, distinct) is { } shift) shifts[search] = shift;
            }

            foreach (var rows in _classes) rows.Learn(round[place], shifts);
        }
    }
}
