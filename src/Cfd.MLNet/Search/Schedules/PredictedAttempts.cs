using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>See <see cref="Schedule.Predicted"/>.</summary>
internal sealed record PredictedSchedule : Schedule
{
    internal override bool NeedsForecast => true;

    internal override int AttemptsAtMost(int candidates, int budget) => PredictedAttempts.AtMost;

    internal override IChooser CreateChooser(IReadOnlyList<RowSearch> rows, SearchPlan plan) => new RowByRowChooser(
        rows, row => new PredictedAttempts(row.Forecast!, row.CandidateRows, row.Forecast!.Order(plan.Budget), plan.Budget), plan.Harvests);

    internal override int RetrainsAtMost(IReadOnlyList<RowSearch> rows, SearchPlan plan) => rows.Sum(row => row.AttemptsAtMost);
}

/// <summary>
/// The attempts of one row: first the top k at the k predicted to be enough, then, as long as the shift measured falls short, the k at
/// which the prediction scaled to it is enough (secant); when the whole budget has been tried, sets of the same size further down the
/// ranking. Gives up where the budget is far from enough. Used by one thread at a time.
/// </summary>
internal sealed class PredictedAttempts : IAttemptSource
{
    /// <summary>Attempts a row takes at most.</summary>
    public const int AtMost = 6;

    /// <summary>Share of the shift needed that the whole budget must have been measured to give, for more attempts to be worth it.</summary>
    private const double WorthMore = 0.5;

    private readonly RowForecast _forecast;
    private readonly int[] _candidates, _order;
    private readonly int _budget;
    private int _attempts, _largest, _first;
    private double _scale = 1;
    private bool _isHopeless;

    /// <param name="forecast">Of the row.</param>
    /// <param name="candidates">Training rows.</param>
    /// <param name="order">Indexes of candidates, best first.</param>
    /// <param name="budget">m.</param>
    public PredictedAttempts(RowForecast forecast, int[] candidates, int[] order, int budget)
        => (_forecast, _candidates, _order, _budget) = (forecast, candidates, order, Math.Min(budget, candidates.Length));

    public bool NeedsAnswers => true;

    public FlipSet? Next()
    {
        if (_isHopeless || ++_attempts > AtMost) return null;
        if (_largest < _budget) _largest = Enough();
        else if (_first + _budget < _order.Length) _first++;
        else return null;
        return Set(_first, _largest);
    }

    public void Learn(float shift)
    {
        if (_first > 0) return;
        double predicted = Predicted(_largest);
        if (predicted > 0) _scale = shift / predicted;
        _isHopeless = _largest == _budget && shift < WorthMore * _forecast.Needed;
    }

    /// <summary>The smallest k, above what was tried, at which the scaled prediction is enough; else the budget.</summary>
    private int Enough()
    {
        for (int k = _largest + 1; k < _budget; k++)
        {
            if (_scale * Predicted(k) >= _forecast.Needed) return k;
        }

        return _budget;
    }

    private double Predicted(int k)
    {
        double shift = 0;
        var top = _order.AsSpan(0, k);
        foreach (int candidate in top) shift += _forecast.Shifts[candidate];
        return _forecast.Expected(top, shift);
    }

    private FlipSet Set(int first, int count)
    {
        var rows = new int[count];
        for (int i = 0; i < count; i++) rows[i] = _candidates[_order[first + i]];
        return new FlipSet(rows);
    }
}
