using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Influence;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.Influence"/>.</summary>
internal sealed record InfluenceRanking(InfluenceSolver Solver, double RelativeDamping, double AbsoluteDamping) : Ranking
{
    internal override void Validate()
    {
        Solver.Validate();
        Preconditions.InRange(RelativeDamping, 0, 1000, "relativeDamping");
        Preconditions.InRange(AbsoluteDamping, 1e-9, 1e6, "absoluteDamping");
    }

    internal override void RequireFeasible(TrainingTable table, NetworkShape shape) => Solver.RequireFeasible(table.Rows, shape);

    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken)
    {
        var products = InfluenceRanker.Products(space, workers);
        var curvature = new GaussNewton(products, RelativeDamping, AbsoluteDamping);
        return new InfluenceRanker(space, products, Solver.Create(curvature, space.Table.Labels, workers, cancellationToken));
    }
}

/// <summary>See <see cref="Ranking.GradientSimilarity"/>.</summary>
internal sealed record GradientSimilarityRanking : Ranking
{
    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken)
        => new InfluenceRanker(space, InfluenceRanker.Products(space, workers), new IdentitySolver());
}

/// <summary>
/// Influence functions (Koh and Liang 2017) for flipped labels. Flipping the label of training row i changes the gradient of the mean loss
/// by g_i / n, down from 1, or -g_i / n, up from 0 (g_i the gradient of its logit), so the logit of x moves by -+ q_i / n with
/// <c>q_i = grad f(x)^T (H + damping)^-1 g_i</c>. The score is q_i where the label is the present decision, which its flip pushes away
/// from, else -q_i.
/// </summary>
internal sealed class InfluenceRanker(RankingSpace space, GradientProducts products, IInfluenceSolver solver) : IRanker
{
    private readonly ReluNetwork _network = space.Network.Trained.Network;
    private readonly float[] _labels = space.Table.Labels;

    /// <summary>The gradients of the training rows.</summary>
    public static GradientProducts Products(RankingSpace space, int workers) => GradientProducts.Create(
        new LogitGradients(space.Network.Trained.Network, space.Table.Features, workers), ManagedTrainingEngine.Default.Width);

    public void Score(RankingQuery query, Span<double> scores)
    {
        var gradient = new double[products.Parameters];
        new LogitGradients(_network, FeatureMatrix.FromRows([query.Features]), workers: 1).Gradient(0, gradient);
        var solution = new double[gradient.Length];
        solver.Solve(gradient, solution);
        var influences = new double[products.Rows];
        products.Multiply(solution, influences, workers: 1);
        for (int i = 0; i < scores.Length; i++)
        {
            int candidate = query.Candidates[i];
            bool labelIsPrediction = (_labels[candidate] > 0.5f) == query.PredictedLabel;
            scores[i] = labelIsPrediction ? influences[candidate] : -influences[candidate];
        }
    }
}
