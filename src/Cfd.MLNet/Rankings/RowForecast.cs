using Cfd.MLNet.Networks.Trajectory;
using MathNet.Numerics.Distributions;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// What flips are expected to do to one test row's logit. Shifts count towards the other decision, in logits; those of several flips add
/// up, and early stopping may then choose another epoch, whose logit is known. Not thread-safe.
/// </summary>
internal sealed class RowForecast
{
    private readonly StoppingForecast? _stopping;
    private readonly EpochChoices? _choices;
    private readonly int[] _candidates;
    private readonly float[] _jumps;
    private readonly double[] _lossChanges;
    private readonly int[] _chosen = new int[StoppingForecast.Samples];
    private readonly ForecastConstants _constants;

    /// <param name="needed">The shift that turns the decision over: |f(x)|, or more where members of f must agree.</param>
    /// <param name="candidates">Training rows.</param>
    /// <param name="shifts">Expected shift by candidate at the epoch chosen by the base run.</param>
    /// <param name="jumps">By epoch: what the row's logit gains towards the other decision if that epoch is chosen; empty without early stopping.</param>
    /// <param name="choices">Epochs by training row, or null without early stopping.</param>
    /// <param name="spread">How real shifts lie around these.</param>
    /// <param name="constants">Null for those in use.</param>
    public RowForecast(double needed, int[] candidates, float[] shifts, float[] jumps, EpochChoices? choices, ShiftSpread spread, ForecastConstants? constants = null)
    {
        _constants = constants ?? ForecastConstants.InUse;
        Spread = spread;
        Needed = needed;
        _candidates = candidates;
        Shifts = shifts;
        _jumps = jumps;
        _choices = choices;
        _stopping = choices?.Stopping;
        _lossChanges = new double[jumps.Length];
    }

    /// <summary>The same forecast by other constants, of a network's own training.</summary>
    public RowForecast Under(ForecastConstants constants) => new(Needed, _candidates, Shifts, _jumps, _choices, ShiftSpread.OfNetwork(constants), constants);

    /// <summary>The shift that turns the decision over: |f(x)|, or more where members of f must agree.</summary>
    public double Needed { get; }

    /// <summary>Expected shift by candidate.</summary>
    public float[] Shifts { get; }

    /// <summary>How real shifts lie around these.</summary>
    public ShiftSpread Spread { get; }

    /// <summary>How likely flipping one candidate shifts the logit by at least so much, in [0, 1].</summary>
    /// <param name="candidate">Index among the candidates.</param>
    /// <param name="level">A shift; <see cref="Needed"/> for one that turns the decision over.</param>
    public double Chance(int candidate, double level) => Chance(Shifts[candidate], level, EpochsOf(candidate));

    /// <summary>The chance as a score of the row's candidates against each other.</summary>
    public double RankingScore(int candidate)
    {
        double spread = (_constants.RelativeRankingSpread * Needed) + _constants.SmallestRankingSpread;
        return Mixed(Shifts[candidate], EpochsOf(candidate), shift => Normal.CDF(0, 1, (shift - Needed) / spread));
    }

    /// <summary>
    /// Scores by which the row's candidates are ranked: where one label may flip, how likely it turns the decision over; where several may,
    /// its shift, for shifts add up.
    /// </summary>
    public void RankingScores(int budget, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++) scores[i] = budget == 1 ? RankingScore(i) : Shifts[i];
    }

    /// <summary>The largest shift expected of at most so many flips, a change of the chosen epoch included.</summary>
    public float Largest(int budget)
    {
        int[] best = Order(budget);
        double largest = double.NegativeInfinity, sum = 0;
        for (int k = 1; k <= Math.Min(budget, best.Length); k++) largest = Math.Max(largest, Expected(best.AsSpan(0, k), sum += Shifts[best[k - 1]]));
        return (float)largest;
    }

    /// <summary>Indexes of the candidates, best first.</summary>
    public int[] Order(int budget)
    {
        var scores = new double[Shifts.Length];
        RankingScores(budget, scores);
        return Rankers.Rank(scores, [.. Enumerable.Range(0, scores.Length)], scores.Length);
    }

    /// <summary>The expected shift of several flips, a change of the chosen epoch included.</summary>
    /// <param name="candidates">Indexes among the candidates.</param>
    /// <param name="shift">Sum of their shifts, corrected or not.</param>
    public double Expected(ReadOnlySpan<int> candidates, double shift)
    {
        var epochs = EpochsOf(candidates);
        double jump = 0;
        foreach (int epoch in epochs) jump += _jumps[epoch];
        return epochs.IsEmpty ? shift : shift + (_constants.JumpWeight * jump / epochs.Length);
    }

    /// <summary>How likely the real shift is at least so large, given the forecast and the epochs that early stopping may choose.</summary>
    public double Chance(double predicted, double level, ReadOnlySpan<int> epochs)
        => Mixed(predicted, epochs, shift => Spread.ChanceOfAtLeast(level, shift, Needed));

    private double Mixed(double shift, ReadOnlySpan<int> epochs, Func<double, double> chanceOf)
    {
        double stays = chanceOf(shift);
        if (epochs.IsEmpty) return stays;
        double moves = 0;
        foreach (int epoch in epochs) moves += chanceOf(shift + _jumps[epoch]);
        return ((1 - _constants.JumpWeight) * stays) + (_constants.JumpWeight * moves / epochs.Length);
    }

    /// <summary>The epochs that early stopping may choose if these flip, the same for all rows; overwritten by the next call.</summary>
    public ReadOnlySpan<int> EpochsOf(ReadOnlySpan<int> candidates)
    {
        if (_stopping is null) return [];
        Array.Clear(_lossChanges);
        foreach (int candidate in candidates) _stopping.AddLossChanges(_candidates[candidate], _lossChanges);
        _stopping.Choose(_lossChanges, _chosen);
        return _chosen;
    }

    public ReadOnlySpan<int> EpochsOf(int candidate) => _choices is null ? [] : _choices.Of(_candidates[candidate]);
}
