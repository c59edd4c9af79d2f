using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search;

/// <summary>
/// The search for one test row: hands out attempts in order, takes answers in the same order, and ends with an outcome. Used by
/// one thread at a time.
/// </summary>
internal sealed class RowSearch
{
    private readonly IEnumerator<FlipSet> _attempts;
    private readonly float[] _features;
    private readonly int _position;

    private RowSearch(float[] features, int position, float score, IEnumerable<FlipSet> attempts)
    {
        _features = features;
        _position = position;
        Score = score;
        _attempts = attempts.GetEnumerator();
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
    public int Candidates { get; private init; }

    /// <summary>Attempts that the schedule makes if none succeeds.</summary>
    public int AttemptsAtMost { get; private init; }

    public static RowSearch Over(
        float[] features, int position, float score, int candidates, int attemptsAtMost, IEnumerable<FlipSet> attempts, string note)
        => new(features, position, score, attempts) { Candidates = candidates, AttemptsAtMost = attemptsAtMost, Reason = note };

    /// <summary>A search that is over before it starts.</summary>
    public static RowSearch Ended(float score, CounterfactualOutcome outcome, string reason)
        => new([], -1, score, []) { Outcome = outcome, Reason = reason };

    /// <summary>The next attempt, or null if there is none left.</summary>
    public FlipSet? NextAttempt() => _attempts.MoveNext() ? _attempts.Current : null;

    /// <summary>The logit that a retrained model gives this row.</summary>
    public float Ask(IPredictor predictor) => predictor.Logit(_features, _position);

    /// <summary>Takes the answer to the next attempt handed out.</summary>
    public void Answer(FlipSet flips, float counterfactualScore)
    {
        AttemptsMade++;
        if (counterfactualScore > 0 == PredictedLabel) return;
        Flips = flips;
        CounterfactualScore = counterfactualScore;
        Outcome = CounterfactualOutcome.Found;
    }

    /// <summary>Ends a search that found nothing.</summary>
    public void End(CounterfactualOutcome outcome, string? reason = null) => (Outcome, Reason) = (outcome, reason ?? Reason);
}
