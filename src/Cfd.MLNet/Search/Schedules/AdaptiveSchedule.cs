using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>See <see cref="Schedule.Adaptive"/>.</summary>
internal sealed record AdaptiveSchedule(int? MaxRetrains, int Window = AdaptiveSchedule.DefaultWindow) : Schedule
{
    /// <summary>Enough to keep a desktop's cores busy, few enough to learn from.</summary>
    internal const int DefaultWindow = 8;

    internal override bool NeedsForecast => true;

    internal override int AttemptsAtMost(int candidates, int budget) => candidates;

    internal override IChooser CreateChooser(IReadOnlyList<RowSearch> rows, SearchPlan plan) => new AdaptiveChooser(rows, plan.Budget, this);

    internal override int RetrainsAtMost(IReadOnlyList<RowSearch> rows, SearchPlan plan)
        => (int)Math.Min(
            MaxRetrains ?? int.MaxValue,
            plan.Budget == 1
                ? rows.Select(row => row.CandidateRows).Distinct().SelectMany(candidates => candidates).Distinct().Count()
                : rows.Sum(row => AdmissibleSets(row, plan.Budget, FlipSetClass.Proposals(row))));

    /// <summary>How many sets of labels, up to the budget, psi admits for a row; no more than asked for.</summary>
    private static double AdmissibleSets(RowSearch row, int budget, int most)
    {
        double sets = 0;
        for (int size = 1; size <= Math.Min(budget, row.Candidates) && sets < most; size++) sets += SetCoverage.Subsets(row.Candidates, size);
        return Math.Min(sets, most);
    }
}

/// <summary>
/// One retrain after the other, each the flip set expected to turn over the most decisions of rows still waiting, given that those in flight may
/// succeed; every retrained model is asked about all waiting rows whose psi admits its flips, and its shifts correct their forecasts. Of a window of W, retrain t is chosen by
/// the answers to retrains 1 to t - W: what is chosen depends on the rows and options alone, whatever the number of cores.
/// </summary>
internal sealed class AdaptiveChooser : IChooser
{
    /// <summary>Retrains that are made in any case, since no forecast is believed before it was held against some.</summary>
    private const int CalibrationRetrains = 8;

    /// <summary>So many single flips are simply all tried: then "none" is proven.</summary>
    private const int SweptFlips = 100;

    /// <summary>
    /// Single flips end where those not tried yet are expected to turn over no more decisions than this share of those found, plus
    /// <see cref="MissingRows"/>.
    /// </summary>
    private const double MissingShare = 0.03, MissingRows = 0.3;

    /// <summary>Decisions that the retrain of a set must be expected to turn over to be worth it: of sets there is no end.</summary>
    private const double SmallestGain = 0.05;

    private readonly RowSearch[] _rows;
    private readonly ShiftCalibration _calibration = new();
    private readonly AdaptiveClass[] _classes;
    private readonly int _budget;
    private readonly bool _sweeps;

    /// <summary>Chosen and not answered; classes whose candidates overlap may propose the same set.</summary>
    private readonly HashSet<FlipSet> _inFlight = [];
    private readonly AdaptiveSchedule _schedule;
    private int _chosen, _answered;

    /// <summary>Whether the limit kept a flip set back that was worth its retrain.</summary>
    private bool _isLimited;

    public AdaptiveChooser(IReadOnlyList<RowSearch> rows, int budget, AdaptiveSchedule schedule)
    {
        // Rows with the same candidates, as the default psi gives them by group and decision, can share every flip set.
        _rows = [.. rows.Where(search => search.Outcome is null)];
        _classes = [.. _rows.GroupBy(search => search.CandidateRows).Select(members => AdaptiveClass.Create(members, budget, _calibration))];
        (_budget, _schedule) = (budget, schedule);
        _sweeps = budget == 1 && _rows.Select(row => row.CandidateRows).Distinct().SelectMany(candidates => candidates).Distinct().Count() <= SweptFlips;
    }

    /// <summary>The best flip set of any class, then the best given that those in flight may succeed.</summary>
    public IReadOnlyList<FlipSet> Choose(int atOnce)
    {
        var chosen = new List<FlipSet>();
        _isLimited = false;
        if (_rows.All(row => row.Outcome is not null) || !IsWorthMore()) return chosen;
        while (_inFlight.Count < _schedule.Window && Best() is { } best)
        {
            if (_isLimited = _chosen >= _schedule.MaxRetrains) break;
            var flips = best.Take();
            // Another class may have it in flight: then this one waits for the same answer.
            if (!_inFlight.Add(flips)) continue;
            chosen.Add(flips);
            _chosen++;
        }

        return chosen;
    }

    public void Take(FlipSet flips, Retrain? retrain, RetrainTally tally)
    {
        _inFlight.Remove(flips);
        foreach (var rows in _classes) rows.Settle(flips);
        if (retrain is not { } done) return;
        int distinct = tally.Count(flips, done);
        bool isAttempt = false;
        var shifts = new Dictionary<RowSearch, float>();
        foreach (var search in _rows)
        {
            if (!search.Admits(flips)) continue;
            int attempts = search.AttemptsMade;
            // Rows that were found tell about the forecasts, too.
            if ((search.Outcome is null ? search.Answer(flips, done, distinct) : search.Shift(done.Answer)) is { } shift) shifts[search] = shift;
            isAttempt |= search.AttemptsMade > attempts;
        }

        if (!isAttempt) tally.CountUnused();
        foreach (var rows in _classes) rows.Learn(flips, shifts);
        // At 8, 16, 32, …: early answers change much, late ones little.
        if (++_answered >= CalibrationRetrains && (_answered & (_answered - 1)) == 0) _calibration.Refresh();
    }

    public void EndRest()
    {
        foreach (var rows in _classes)
        {
            // A class that has nothing left to try was not held up.
            bool isHeldUp = _isLimited && rows.Best.Flips is not null;
            foreach (var (row, chance) in rows.UntriedChances().ToArray())
            {
                row.UntriedChance = chance;
                if (isHeldUp) row.End(CounterfactualOutcome.NotReached, $"the limit of {_schedule.MaxRetrains} retrains was reached");
                else row.End(row.AttemptsMade == 0 ? CounterfactualOutcome.RuledOut : CounterfactualOutcome.NotFound);
            }
        }
    }

    /// <summary>The class with the flip set to retrain next; null where none is left that is worth it.</summary>
    private AdaptiveClass? Best()
    {
        AdaptiveClass? best = null;
        double largest = 0;
        foreach (var rows in _classes)
        {
            // A class that has none left gains as little as one whose chances are too small for a float64.
            if (rows.Best is not ({ }, var gain) || (best is not null && gain <= largest)) continue;
            (best, largest) = (rows, gain);
        }

        return largest < SmallestGain && _budget > 1 && _chosen >= CalibrationRetrains ? null : best;
    }

    private bool IsWorthMore()
    {
        if (_sweeps || _budget > 1 || _chosen < CalibrationRetrains) return true;
        int found = _rows.Count(row => row.Outcome == CounterfactualOutcome.Found);
        return _classes.Sum(rows => rows.Missing) > (MissingShare * found) + MissingRows;
    }
}
