using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search;

/// <summary>The state of the search for one test row: takes answers, and ends with an outcome. Used by one thread at a time.</summary>
/// <param name="rows">The rows it is one of.</param>
/// <param name="row">Which.</param>
/// <param name="score">The logit of f.</param>
internal sealed class RowSearch(FeatureMatrix rows, int row, float score)
{
    private readonly List<FoundFlips> _found = [];
    private readonly HashSet<FlipSet> _looked = [];
    private TimeSpan _retrainingTime;
    private readonly SortedDictionary<int, int> _tried = [];
    private string _failure = "";

    /// <summary>Which of the questioned rows it is.</summary>
    public int Position => row;

    /// <summary>The logit of f.</summary>
    public float Score => score;

    /// <summary>Whether f predicts the positive class.</summary>
    public bool PredictedLabel => score > 0;

    /// <summary>The reason of rows that a stop came before; the audit tells a time limit from a cancellation.</summary>
    public const string Stopped = "stopped";

    /// <summary>Null while the search goes on.</summary>
    public CounterfactualOutcome? Outcome { get; private set; }

    /// <summary>Why, for outcomes that need a reason, or a remark on how the row was filtered; else empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What ends the search, beside its attempts.</summary>
    public SearchTerms Terms { get; init; } = SearchTerms.Default;

    /// <summary>When f, or f', has decided.</summary>
    public Agreement Agreement { get; init; } = Agreement.OfMean;

    /// <summary>The rows of the training part that psi admits, ascending; shared, not to be changed.</summary>
    public int[] CandidateRows { get; init; } = [];

    /// <summary>How many these are.</summary>
    public int Candidates => CandidateRows.Length;

    /// <summary>Attempts that the schedule makes if none succeeds.</summary>
    public int AttemptsAtMost { get; init; }

    /// <summary>Decides what is drawn for this row; depends on its content alone.</summary>
    public long DrawSeed { get; init; }

    /// <summary>The candidates that the schedule looks at, best first; empty where it works with <see cref="Forecast"/>.</summary>
    public int[] Ranking { get; set; } = [];

    /// <summary>What flips are expected to do to this row; null where the schedule does not ask.</summary>
    public RowForecast? Forecast { get; set; }

    /// <summary>Distinct flip sets whose answer was looked at for the row: its own attempts, and those of others that it was asked about.</summary>
    public int Looked => _looked.Count;

    /// <summary>Attempts made so far: a successful one, and those whose training diverged, included.</summary>
    public int AttemptsMade { get; private set; }

    /// <summary>The counterfactual datasets found so far.</summary>
    public IReadOnlyList<FoundFlips> Found => _found;

    /// <summary>The flips of the first counterfactual dataset found, else the empty set.</summary>
    public FlipSet Flips => _found.Count == 0 ? FlipSet.Empty : _found[0].Flips;

    /// <summary>The logit of f' of the first counterfactual dataset, else NaN.</summary>
    public float CounterfactualScore => _found.Count == 0 ? float.NaN : _found[0].Score;

    /// <summary>The shift towards the other decision that the ranking predicted for the flips found, in logits; NaN where it predicts none.</summary>
    public float PredictedShift { get; private set; } = float.NaN;

    /// <summary>Flip sets whose answer the row has, by their size; those that others' retrains gave without an attempt aside.</summary>
    public IReadOnlyDictionary<int, int> Tried => _tried;

    /// <summary>
    /// How likely any admissible flip set that was not tried turns the decision over, by forecasts held against this learner's retrains; NaN
    /// where there is no forecast.
    /// </summary>
    public double UntriedChance { get; set; } = double.NaN;

    /// <summary>Whether the flips were another row's attempt.</summary>
    public bool IsHarvested { get; private set; }

    /// <summary>
    /// Labels flipped when the mean of f' first crossed the boundary, whether or not enough networks had turned; 0 where none of the row's attempts did.
    /// </summary>
    public int FlipsAtCrossing { get; private set; }

    /// <summary>Distinct retrains that all searches together had made when this one found its flips; 0 where none were found.</summary>
    public int RetrainsUntilFound { get; private set; }

    /// <summary>A search that is over before it starts.</summary>
    public static RowSearch Ended(int row, float score, CounterfactualOutcome outcome, string reason)
    {
        var search = new RowSearch(FeatureMatrix.Allocate(0, 0), row, score);
        search.End(outcome, reason);
        return search;
    }

    /// <summary>The shift forecast for each of the flips alone, in logits towards the other decision; null where the schedule predicts none.</summary>
    public float[]? ForecastShifts(FlipSet flips) => Forecast is null ? null : Array.ConvertAll(CandidatesOf(flips), candidate => Forecast.Shifts[candidate]);

    /// <summary>Whether a flip set contains none that was found: then a counterfactual dataset is another one, not the same and more.</summary>
    public bool IsNews(FlipSet flips) => _found.TrueForAll(found => !flips.Contains(found.Flips));

    /// <summary>Whether a label is in none of the counterfactual datasets found.</summary>
    public bool IsFree(int flipped) => _found.TrueForAll(found => !found.Flips.Rows.Contains(flipped));

    /// <summary>Whether psi lets all these labels flip for this row.</summary>
    public bool Admits(FlipSet flips)
    {
        foreach (int flipped in flips.Rows)
        {
            if (Array.BinarySearch(CandidateRows, flipped) < 0) return false;
        }

        return true;
    }

    /// <summary>The logit that a retrained model gives this row; NaN without an answer, or where it is no finite number.</summary>
    public float Ask(Answer? answer) => answer?.Logit(rows, row) is { } logit && float.IsFinite(logit) ? logit : float.NaN;

    /// <summary>Whether a retrained model decides otherwise than f; one without an answer does not decide at all.</summary>
    public bool IsTurnedBy(Answer? answer)
        => answer is not null && !float.IsNaN(Ask(answer)) && Agreement.IsDecidedFor(!PredictedLabel, answer.MemberLogits(rows, row));

    /// <summary>The shift towards the other decision that a retrained model gives this row, in logits; null without an answer.</summary>
    public float? Shift(Answer? answer) => Ask(answer) is var logit && float.IsNaN(logit) ? null : PredictedLabel ? score - logit : logit - score;

    /// <summary>Takes the answer to one of the row's attempts.</summary>
    /// <param name="flips">The attempt.</param>
    /// <param name="retrain">What its retrain came to.</param>
    /// <param name="retrains">Distinct retrains made so far, this one included.</param>
    /// <returns>The shift towards the other decision, in logits; null where there was no answer, or none that says something new.</returns>
    public float? Answer(FlipSet flips, Retrain retrain, int retrains)
    {
        if (!IsNews(flips)) return null;
        AttemptsMade++;
        _looked.Add(flips);
        _retrainingTime += retrain.Time;
        float logit = Ask(retrain.Answer);
        if (float.IsNaN(logit)) _failure = retrain.Failure ?? "the retrained model's score of this row is no finite number";
        else if (logit > 0 != PredictedLabel)
        {
            if (FlipsAtCrossing == 0) FlipsAtCrossing = flips.Count;
            if (IsTurnedBy(retrain.Answer)) Find(flips, logit, retrains);
        }

        if (Outcome is null && _retrainingTime > Terms.RetrainingTime) End(CounterfactualOutcome.NotReached, "the row's time budget ended");
        if (float.IsNaN(logit)) return null;
        _tried[flips.Count] = _tried.GetValueOrDefault(flips.Count) + 1;
        return PredictedLabel ? score - logit : logit - score;
    }

    /// <summary>Takes the answer to another row's attempt, at no attempt of its own, where psi admits it for this row, too.</summary>
    public void Harvest(FlipSet flips, Answer answer, int retrains)
    {
        // What ended for want of attempts in this round is still found by it.
        if (Outcome is not (null or CounterfactualOutcome.NotFound) || !Admits(flips) || !IsNews(flips)) return;
        _looked.Add(flips);
        float logit = Ask(answer);
        if (!IsTurnedBy(answer)) return;
        IsHarvested = true;
        Find(flips, logit, retrains);
    }

    /// <summary>Takes a smaller counterfactual dataset in place of the first one found.</summary>
    public void Reduce(FlipSet flips, float counterfactualScore)
    {
        _found[0] = _found[0] with { Flips = flips, Score = counterfactualScore };
        // None contains another.
        for (int i = _found.Count - 1; i > 0; i--)
        {
            if (_found[i].Flips.Contains(flips)) _found.RemoveAt(i);
        }

        PredictedShift = Predict(flips);
    }

    /// <summary>Ends a search before it has found all that is wanted. Where no attempt could be answered, it has failed.</summary>
    public void End(CounterfactualOutcome outcome, string? reason = null)
    {
        if (Outcome is not null) return;
        if (_found.Count > 0) outcome = CounterfactualOutcome.Found;
        else if (outcome == CounterfactualOutcome.NotFound && AttemptsMade > 0 && _tried.Count == 0) (outcome, reason) = (CounterfactualOutcome.Failed, _failure);
        (Outcome, Reason) = (outcome, reason ?? Reason);
    }

    /// <summary>Remarks on how the row was filtered.</summary>
    public RowSearch Noted(string remark)
    {
        Reason = remark;
        return this;
    }

    /// <summary>The shift predicted for flips that psi admits; NaN without a forecast.</summary>
    private float Predict(FlipSet flips)
    {
        if (Forecast is null) return float.NaN;
        int[] candidates = CandidatesOf(flips);
        double shift = 0;
        foreach (int candidate in candidates) shift += Forecast.Shifts[candidate];
        return (float)Forecast.Expected(candidates, shift);
    }

    /// <summary>Where flips that psi admits stand among the candidates.</summary>
    private int[] CandidatesOf(FlipSet flips) => Array.ConvertAll(flips.Rows.ToArray(), flipped => Array.BinarySearch(CandidateRows, flipped));

    private void Find(FlipSet flips, float counterfactualScore, int retrains)
    {
        if (_found.Count == 0) (PredictedShift, RetrainsUntilFound) = (Predict(flips), retrains);
        _found.Add(new FoundFlips(flips, counterfactualScore, AttemptsMade));
        if (_found.Count >= Terms.Wanted || Outcome is not null) Outcome = CounterfactualOutcome.Found;
    }
}

/// <summary>What ends the search of a row, beside its attempts. Immutable.</summary>
/// <param name="Wanted">How many counterfactual datasets end the search, at least 1.</param>
/// <param name="RetrainingTime">
/// Time that the retrains of the attempts made may take, as if the row were alone: shared ones count in full. Null for no limit.
/// </param>
internal sealed record SearchTerms(int Wanted, TimeSpan? RetrainingTime)
{
    /// <summary>The first counterfactual dataset.</summary>
    public static SearchTerms Default { get; } = new(1, null);
}

/// <summary>A counterfactual dataset that a search found.</summary>
/// <param name="Flips">Whose labels flip.</param>
/// <param name="Score">The logit of f'.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
internal sealed record FoundFlips(FlipSet Flips, float Score, int Attempt);
