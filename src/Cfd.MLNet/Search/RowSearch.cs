using Cfd.MLNet.Learning;
using Cfd.MLNet.Ranking;

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

    /// <summary>The flips of a counterfactual dataset found, else the empty set.</summary>
    public FlipSet Flips { get; private set; } = FlipSet.Empty;

    /// <summary>The logit of f' where found, else NaN.</summary>
    public float CounterfactualScore { get; private set; } = float.NaN;

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

    /// <summary>The next attempt, or null if there is none left.</summary>
    public FlipSet? NextAttempt() => _attempts.Next();

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
        AttemptsMade++;
        LastShift = PredictedLabel ? Score - counterfactualScore : counterfactualScore - Score;
        if (counterfactualScore > 0 == PredictedLabel)
        {
            _attempts.Learn(flips, counterfactualScore);
            return;
        }

        Find(flips, counterfactualScore, retrains);
    }

    /// <summary>Takes the answer to another row's attempt that psi admits for this one, at no attempt of its own.</summary>
    public void Harvest(FlipSet flips, float counterfactualScore, int retrains)
    {
        // What ended for want of attempts in this round is still found by it.
        if (Outcome is not (null or CounterfactualOutcome.NotFoundWithinBudget) || counterfactualScore > 0 == PredictedLabel) return;
        IsHarvested = true;
        Find(flips, counterfactualScore, retrains);
    }

    private void Find(FlipSet flips, float counterfactualScore, int retrains)
    {
        PredictedShift = Predict(flips);
        Flips = flips;
        CounterfactualScore = counterfactualScore;
        RetrainsUntilFound = retrains;
        Outcome = CounterfactualOutcome.Found;
    }

    /// <summary>Takes a smaller counterfactual dataset in place of the one found.</summary>
    public void Reduce(FlipSet flips, float counterfactualScore)
        => (Flips, CounterfactualScore, PredictedShift) = (flips, counterfactualScore, Predict(flips));

    /// <summary>Ends a search that found nothing.</summary>
    public void End(CounterfactualOutcome outcome, string? reason = null) => (Outcome, Reason) = (outcome, reason ?? Reason);
}
