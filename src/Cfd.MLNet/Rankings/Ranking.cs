using System.Text.Json.Serialization;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet;

/// <summary>
/// How training rows are ranked by their expected effect on a test row x, with the parameters that this ranking uses. Immutable; two
/// rankings with the same parameters are equal.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Name")]
[JsonDerivedType(typeof(ReactionRanking), "Reaction")]
[JsonDerivedType(typeof(TrajectoryRanking), "Trajectory")]
[JsonDerivedType(typeof(CombinedRanking), "Combined")]
[JsonDerivedType(typeof(LinearSurrogateRanking), "LinearSurrogate")]
[JsonDerivedType(typeof(ActivationSimilarityRanking), "ActivationSimilarity")]
[JsonDerivedType(typeof(RandomRanking), "Random")]
[JsonDerivedType(typeof(DistanceRanking), "Distance")]
[JsonDerivedType(typeof(InfluenceRanking), "Influence")]
[JsonDerivedType(typeof(GradientSimilarityRanking), "GradientSimilarity")]
public abstract record Ranking
{
    private protected Ranking()
    {
    }

    /// <summary>
    /// The default: how the learner itself reacts to a label. For our network the computed reaction of its training (<see cref="Trajectory"/>); for
    /// ML.NET's trees the leaves that x and x_i share (after BoostIn; Brophy, Hammoudeh and Lowd 2023), for its linear and additive models a
    /// Newton step on their own loss. For any other learner <see cref="Trajectory"/> of a network trained on the same features as a stand-in, which
    /// the report says. Predicts shifts; where these are not computed from the learner's own training, they are fitted to its retrains.
    /// </summary>
    public static Ranking Reaction { get; } = new ReactionRanking();

    /// <summary>|x_i - x|, nearest first, Euclidean, in the network's input space: a baseline.</summary>
    public static Ranking Distance { get; } = new DistanceRanking();

    /// <summary>A seeded random order: the baseline that a ranking has to beat.</summary>
    public static Ranking Random { get; } = new RandomRanking();

    /// <summary>Share of hidden neurons that are on or off alike for x and x_i; each layer below the last weighs half as much (paper, section 3).</summary>
    public static Ranking ActivationSimilarity { get; } = new ActivationSimilarityRanking();

    /// <summary>
    /// grad f(x)^T grad f(x_i), signed as <see cref="Influence"/>: influence without curvature, what one step of gradient descent on the
    /// flipped label would do to the logit of x.
    /// </summary>
    public static Ranking GradientSimilarity { get; } = new GradientSimilarityRanking();

    /// <summary>
    /// The computed reaction of a network's training: the derivative of f(x) by every training label, taken backwards through the whole
    /// training run (reverse mode; Maclaurin, Duvenaud and Adams 2015; Ilyas and Engstrom 2025). Costs about the time of two retrains a test
    /// row; predicts the shift itself, which <see cref="Schedule.Predicted"/> and <see cref="Schedule.Adaptive"/> work with.
    /// </summary>
    /// <param name="smoothing">
    /// Strength of the smoothing, 0 to 100. Adam's step is sign-like where gradients are tiny, so that its exact derivative (0) explodes there
    /// while a real flip saturates.
    /// </param>
    /// <param name="memoryBytes">
    /// Bytes that the kept training run may take, 1 MB or more; where the whole run does not fit, parts of it are run again, which costs
    /// one more training a pass. Changes nothing but the time. Default: 1 GB.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static Ranking Trajectory(double smoothing = 0.01, long memoryBytes = 1L << 30)
        => Validated(new TrajectoryRanking(smoothing, memoryBytes));

    /// <summary>
    /// The paper's ranking: <see cref="LinearSurrogate"/> and <see cref="ActivationSimilarity"/>, each min-max scaled to [0, 1] over the rows
    /// passing psi, averaged.
    /// </summary>
    /// <param name="ridgeLambda">As in <see cref="LinearSurrogate"/>.</param>
    /// <param name="isSigned">As in <see cref="LinearSurrogate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static Ranking Combined(double ridgeLambda = 1, bool isSigned = false) => Validated(new CombinedRanking(ridgeLambda, isSigned));

    /// <summary>
    /// |z_i| with z = x^T (X^T X + lambda I)^-1 X^T: the weight of label y_i in a ridge regression's prediction for x (paper, section
    /// 3; Meyer, Albarghouthi and D'Antoni 2023).
    /// </summary>
    /// <param name="ridgeLambda">lambda, 1e-9 to 1e12.</param>
    /// <param name="isSigned">
    /// Whether to rank by the signed shift towards the other decision instead of the paper's |z|, which also puts rows high whose flip
    /// pushes the wrong way.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static Ranking LinearSurrogate(double ridgeLambda = 1, bool isSigned = false) => Validated(new LinearSurrogateRanking(ridgeLambda, isSigned));

    /// <summary>
    /// Influence functions (Koh and Liang 2017): q_i = grad f(x)^T (H + damping)^-1 grad f(x_i), the expected shift of the logit of x, signed
    /// such that a high score pushes towards the other decision.
    /// </summary>
    /// <param name="solver">How the curvature H is inverted. Default: <see cref="InfluenceSolver.Explicit"/>.</param>
    /// <param name="relativeDamping">
    /// The damping added to H's diagonal is this times the mean diagonal of the Gauss-Newton matrix, which is that of the Hessian, too, plus
    /// <paramref name="absoluteDamping"/>. 0 to 1000.
    /// </param>
    /// <param name="absoluteDamping">See <paramref name="relativeDamping"/>. 1e-9 to 1e6.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static Ranking Influence(InfluenceSolver? solver = null, double relativeDamping = 0.01, double absoluteDamping = 1e-3)
        => Validated(new InfluenceRanking(solver ?? InfluenceSolver.Explicit, relativeDamping, absoluteDamping));

    /// <summary>Whether its ranker predicts shifts (<see cref="IShiftRanker"/>).</summary>
    [JsonIgnore]
    internal virtual bool PredictsShifts => false;

    /// <summary>Its name, and its parameters where it has some.</summary>
    public sealed override string ToString() => OptionText.Of(this);

    /// <summary>This ranking with bounds in memory that so many rankers keep together.</summary>
    internal virtual Ranking SharedBy(int rankers) => this;

    /// <summary>Prepares what all test rows share.</summary>
    /// <param name="space">Where the ranking looks.</param>
    /// <param name="workers">Cores; changes nothing but the time.</param>
    /// <param name="cancellationToken">Checked between steps of the preparation.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal abstract IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken);

    /// <exception cref="ArgumentException">The ranking forms a matrix that is too large for this data and network.</exception>
    internal virtual void RequireFeasible(TrainingTable table, NetworkShape shape)
    {
    }

    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    internal virtual void Validate()
    {
    }

    private static Ranking Validated(Ranking ranking)
    {
        ranking.Validate();
        return ranking;
    }
}
