using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search;

/// <summary>
/// The search for one test row: hands out attempts in order, takes answers in the same order, and ends with an outcome. Used by
/// one thread at a time.
/// </summary>
internal sealed class RowSearch
{
    private readonly IAttemptSource _attempts;
    private readonly float[] _features;
    private readonly int _position;
    private readonly List<FoundFlips> _found = [];
    private TimeSpan _retrainingTime;

    private RowSearch(float[] features, int position, float score, IAttemptSource attempts)
    {
        _features = features;
        _position = position;
        Score = score;
        _attempts = attempts;
    }

    /// <summary>The logit of f.</summary>
    public float Score { get; }

    /// <summary>Whether f predicts the positive class.</summary>
    public bool PredictedLabel => Score > 0;

    /// <summary>Null while the search goes on.</summary>
    public CounterfactualOutcome? Outcome { get; private set; }

    /// <summary>Why, for outcomes that need a reason, or a remark on how the row was filtered; else empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Attempts answered so far, a successful one included.</summary>
    public int AttemptsMade { get; private set; }

    /// <summary>What ends the search, beside its attempts.</summary>
    public SearchTerms Terms { get; set; } = SearchTerms.Default;

    /// <summary>The counterfactual datasets found so far.</summary>
    public IReadOnlyList<FoundFlips> Found => _found;

    /// <summary>The flips of the first counterfactual dataset found, else the empty set.</summary>
    public FlipSet Flips => _found.Count == 0 ? FlipSet.Empty : _found[0].Flips;

    /// <summary>The logit of f' of the first counterfactual dataset, else NaN.</summary>
    public float CounterfactualScore => _found.Count == 0 ? float.NaN : _found[0].Score;

    /// <summary>Rows that passed psi.</summary>
    public int Candidates => CandidateRows.Length;

    /// <summary>These rows of the training part, ascending; shared, not to be changed.</summary>
    public int[] CandidateRows { get; private init; } = [];

    /// <summary>What flips are expected to do to this row; null where the schedule does not ask.</summary>
    public RowForecast? Forecast { get; private init; }

    /// <summary>Whether the next attempt waits for the answer to the last.</summary>
    public bool NeedsAnswers => _attempts.NeedsAnswers;

    /// <summary>The shift towards the other decision that the ranking predicted for the flips found, in logits; NaN where it predicts none.</summary>
    public float PredictedShift { get; private set; } = float.NaN;

    /// <summary>Attempts that the schedule makes if none succeeds.</summary>
    public int AttemptsAtMost { get; private init; }

    public static RowSearch Over(
        float[] features, int position, float score, int[] candidates, int attemptsAtMost, IAttemptSource attempts, string note,
        RowForecast? forecast = null)
        => new(features, position, score, attempts) { CandidateRows = candidates, AttemptsAtMost = attemptsAtMost, Reason = note, Forecast = forecast };

    /// <summary>A search that is over before it starts.</summary>
    public static RowSearch Ended(float score, CounterfactualOutcome outcome, string reason)
        => new([], -1, score, new ListedAttempts([])) { Outcome = outcome, Reason = reason };

    /// <summary>The next attempt that says something new, or null if there is none left.</summary>
    public FlipSet? NextAttempt()
    {
        while (_attempts.Next() is { } flips)
        {
            if (IsNews(flips)) return flips;
        }

        return null;
    }

    /// <summary>Whether a flip set contains none that was found: then a counterfactual dataset is another one, not the same and more.</summary>
    public bool IsNews(FlipSet flips) => _found.TrueForAll(found => !flips.Contains(found.Flips));

    /// <summary>Whether psi lets all these labels flip for this row.</summary>
    public bool Admits(FlipSet flips)
    {
        foreach (int row in flips.Rows)
        {
            if (Array.BinarySearch(CandidateRows, row) < 0) return false;
        }

        return true;
    }

    /// <summary>The shift predicted for flips that psi admits; NaN without a forecast.</summary>
    public float Predict(FlipSet flips)
    {
        if (Forecast is null) return float.NaN;
        var candidates = new int[flips.Count];
        double shift = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = Array.BinarySearch(CandidateRows, flips.Rows[i]);
            shift += Forecast.Shifts[candidates[i]];
        }

        return (float)Forecast.Expected(candidates, shift);
    }

    /// <summary>The logit that a retrained model gives this row.</summary>
    public float Ask(IPredictor predictor) => predictor.Logit(_features, _position);

    /// <summary>The shift towards the other decision that the last attempt gave, in logits.</summary>
    public float LastShift { get; private set; } = float.NaN;

    /// <summary>Whether the flips were another row's attempt.</summary>
    public bool IsHarvested { get; private set; }

    /// <summary>Distinct retrains that all searches together had made when this one found its flips; 0 where none were found.</summary>
    public int RetrainsUntilFound { get; private set; }

    /// <summary>Takes the answer to the next attempt handed out, or to another row's flips that psi admits for this one.</summary>
    /// <param name="flips">The attempt.</param>
    /// <param name="counterfactualScore">The logit of f'.</param>
    /// <param name="retrains">Distinct retrains made so far, this one included.</param>
    public void Answer(FlipSet flips, float counterfactualScore, int retrains)
    {
        if (!IsNews(flips)) return;
        AttemptsMade++;
        _retrainingTime += Terms.TimeOf(flips);
        LastShift = PredictedLabel ? Score - counterfactualScore : counterfactualScore - Score;
        if (counterfactualScore > 0 != PredictedLabel) Find(flips, counterfactualScore, retrains);
        else _attempts.Learn(flips, counterfactualScore);
        if (Outcome is null && _retrainingTime > Terms.RetrainingTime) End(CounterfactualOutcome.OutOfTime, "the row's time budget ended");
    }

    /// <summary>Takes the answer to another row's attempt that psi admits for this one, at no attempt of its own.</summary>
    public void Harvest(FlipSet flips, float counterfactualScore, int retrains)
    {
        // What ended for want of attempts in this round is still found by it.
        if (Outcome is not (null or CounterfactualOutcome.NotFoundWithinBudget) || counterfactualScore > 0 == PredictedLabel || !IsNews(flips)) return;
        IsHarvested = true;
        Find(flips, counterfactualScore, retrains);
    }

    /// <summary>Takes a smaller counterfactual dataset in place of the first one found.</summary>
    public void Reduce(FlipSet flips, float counterfactualScore)
    {
        _found[0] = _found[0] with { Flips = flips, Score = counterfactualScore };
        PredictedShift = Predict(flips);
    }

    /// <summary>Ends a search before it has found all that is wanted.</summary>
    public void End(CounterfactualOutcome outcome, string? reason = null)
        => (Outcome, Reason) = (_found.Count > 0 ? CounterfactualOutcome.Found : outcome, reason ?? Reason);

    private void Find(FlipSet flips, float counterfactualScore, int retrains)
    {
        if (_found.Count == 0) (PredictedShift, RetrainsUntilFound) = (Predict(flips), retrains);
        _found.Add(new FoundFlips(flips, counterfactualScore, AttemptsMade));
        if (_found.Count >= Terms.Wanted || Outcome is not null) Outcome = CounterfactualOutcome.Found;
    }
}
