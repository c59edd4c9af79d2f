using System.Text.Json.Serialization;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet;

/// <summary>
/// Which flip sets are tried for a test row, and in which order, with the parameters that this schedule uses. m is the budget. Immutable; two
/// schedules with the same parameters are equal.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Name")]
[JsonDerivedType(typeof(TopKSchedule), "TopK")]
[JsonDerivedType(typeof(SingleFlipsSchedule), "SingleFlips")]
[JsonDerivedType(typeof(SampledTopKSchedule), "SampledTopK")]
[JsonDerivedType(typeof(ExhaustiveSchedule), "Exhaustive")]
[JsonDerivedType(typeof(PredictedSchedule), "Predicted")]
[JsonDerivedType(typeof(AdaptiveSchedule), "Adaptive")]
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>Algorithm 1: the top k ranked rows, for k = 1 to m.</summary>
    public static Schedule TopK { get; } = new TopKSchedule();

    /// <summary>
    /// The paper's protocol for small sets: attempt t flips the t-th ranked row alone, for t up to 10 % of the rows passing psi (at
    /// least 1). The budget must be 1.
    /// </summary>
    public static Schedule SingleFlips { get; } = new SingleFlipsSchedule();

    /// <summary>Every row passing psi, one at a time, in ranked order; the ground truth for a budget of 1, which it must be.</summary>
    public static Schedule Exhaustive { get; } = new ExhaustiveSchedule();

    /// <summary>
    /// A handful of attempts a row: the top k at the k that the ranking predicts to be enough, corrected by the measured shift. Needs a ranking
    /// that predicts shifts: <see cref="Ranking.Trajectory"/>.
    /// </summary>
    public static Schedule Predicted { get; } = new PredictedSchedule();

    /// <summary>
    /// The paper's protocol for large sets: for k = 1 to m the top k, then distinct seeded k-subsets of the top a k rows, a the smallest integer
    /// for which there are more of them than draws.
    /// </summary>
    /// <param name="draws">Attempts for each k, the top k included: 2 to 1,000. The paper's: 10, i.e. 10 m attempts in all.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that range.</exception>
    public static Schedule SampledTopK(int draws = 10)
    {
        Preconditions.InRange(draws, 2, 1000, nameof(draws));
        return new SampledTopKSchedule(draws);
    }

    /// <summary>
    /// All rows of an audit together: each retrain is the one expected to turn over most decisions, by predicted shifts corrected by those
    /// measured so far, and every retrained model is asked about every waiting row whose psi admits its flips. Ends when no flip set is worth
    /// its retrain, or, where several labels may flip, when six sets of each row (six for each counterfactual dataset wanted) were tried, beside those of other rows that it was asked about. Needs a ranking
    /// that predicts shifts, <see cref="Ranking.Reaction"/> or <see cref="Ranking.Trajectory"/>. In the transform each row is alone.
    /// </summary>
    /// <param name="maxRetrains">
    /// Distinct retrains at most, at least 1; null for as many as are worth it.
    /// </param>
    /// <param name="window">
    /// W, 1 to 10,000: how many retrains are in flight at once. Retrain t is chosen by the answers to retrains 1 to t - W, so that the same window
    /// gives the same report on any number of cores. A wider one keeps more cores busy and learns a little later, which costs a few more
    /// retrains. Ensembles train all members of a flip set at once. Default: 8.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of its range.</exception>
    public static Schedule Adaptive(int? maxRetrains = null, int window = AdaptiveSchedule.DefaultWindow)
    {
        if (maxRetrains is { } retrains) Preconditions.InRange(retrains, 1, int.MaxValue, nameof(maxRetrains));
        Preconditions.InRange(window, 1, 10_000, nameof(window));
        return new AdaptiveSchedule(maxRetrains, window);
    }

    /// <summary>Whether it works with predicted shifts.</summary>
    [JsonIgnore]
    internal virtual bool NeedsForecast => false;

    /// <summary>Whether each attempt flips one label, so that no other budget makes sense.</summary>
    [JsonIgnore]
    internal virtual bool FlipsOneLabel => false;

    /// <summary>Its name, and its parameters where it has some.</summary>
    public sealed override string ToString() => OptionText.Of(this);

    /// <summary>How far down a row's ranking it looks.</summary>
    internal virtual int RankedRowsNeeded(int candidates, int budget) => candidates;

    /// <summary>Attempts that it makes for a row if none succeeds; a bound where it chooses as it goes.</summary>
    internal abstract int AttemptsAtMost(int candidates, int budget);

    /// <summary>What to try next for these rows.</summary>
    internal abstract IChooser CreateChooser(IReadOnlyList<RowSearch> rows, SearchPlan plan);

    /// <summary>Distinct retrains of an audit of these rows if nothing is found; a bound where it chooses as it goes.</summary>
    internal abstract int RetrainsAtMost(IReadOnlyList<RowSearch> rows, SearchPlan plan);
}
