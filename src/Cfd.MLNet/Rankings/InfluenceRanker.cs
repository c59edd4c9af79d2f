using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Influence;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// Influence functions (Koh and Liang 2017) for flipped labels. Flipping the label of training row i changes the gradient of the mean loss
/// by g_i / n, down from 1, or -g_i / n, up from 0 (g_i the gradient of its logit), so the logit of x moves by -+ q_i / n with
/// <c>q_i = grad f(x)^T (H + damping)^-1 g_i</c>. The score is q_i where the label is the present decision, which its flip pushes away
/// from, else -q_i.
/// </summary>
internal sealed class InfluenceRanker(ReluNetwork network, float[] labels, GradientProducts products, IInfluenceSolver solver) : IRanker
{
    /// <summary>Parameters up to which the exact Hessian is formed and factored.</summary>
    public const int MaxHessianParameters = 3000;

    /// <summary>Rows or parameters, whichever are fewer, up to which the explicit inverse is formed: 3 GB.</summary>
    public const int MaxExplicitSide = 20_000;

    /// <summary>Prepares what all test rows share: gradients of the training rows, and the solver's factors.</summary>
    public static InfluenceRanker Create(RankingOptions options, TrainingTable table, ReluNetwork network, int workers)
    {
        var products = GradientProducts.Create(
            new LogitGradients(network, table.Features, workers), ManagedTrainingEngine.Default.Width);
        return new InfluenceRanker(network, table.Labels, products, CreateSolver(options, products, table.Labels, workers));
    }

    /// <exception cref="ArgumentException">The method forms a matrix that is too large for this data and network.</exception>
    public static void RequireFeasible(RankingOptions options, int rows, NetworkShape shape)
    {
        int parameters = shape.ParameterCount;
        if (options.Method == RankingMethod.InfluenceHessian && parameters > MaxHessianParameters)
            throw new ArgumentException(
                $"The ranking {options.Method} factors the exact Hessian; the network has {parameters} parameters, allowed is up to {MaxHessianParameters}. " +
                $"Choose {nameof(RankingMethod.InfluenceExplicit)}, or a smaller network.", nameof(options));
        if (options.Method == RankingMethod.InfluenceExplicit && Math.Min(rows, parameters) > MaxExplicitSide)
            throw new ArgumentException(
                $"The ranking {options.Method} factors a matrix over rows or parameters, whichever are fewer; there are {rows} rows and {parameters} parameters, " +
                $"allowed is up to {MaxExplicitSide} of either. Choose {nameof(RankingMethod.InfluenceConjugateGradient)}, or a smaller network.", nameof(options));
    }

    public void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores)
    {
        var gradient = new double[products.Parameters];
        new LogitGradients(network, FeatureMatrix.FromRows([query.Features.ToArray()]), workers: 1).Gradient(0, gradient);
        var solution = new double[gradient.Length];
        solver.Solve(gradient, solution);
        var influences = new double[products.Rows];
        products.Multiply(solution, influences, workers: 1);
        for (int i = 0; i < candidates.Length; i++)
        {
            bool labelIsPrediction = (labels[candidates[i]] > 0.5f) == query.PredictedLabel;
            scores[i] = labelIsPrediction ? influences[candidates[i]] : -influences[candidates[i]];
        }
    }

    private static IInfluenceSolver CreateSolver(RankingOptions options, GradientProducts products, ReadOnlySpan<float> labels, int workers)
    {
        if (options.Method == RankingMethod.GradientSimilarity) return new IdentitySolver();
        var influence = options.Influence;
        var curvature = new GaussNewton(products, influence.RelativeDamping, influence.AbsoluteDamping);
        return options.Method switch
        {
            RankingMethod.InfluenceHessian => ParameterMatrix.Hessian(curvature, labels, workers),
            RankingMethod.InfluenceConjugateGradient => new ConjugateGradientSolver(curvature, Preconditioner(), influence.MaxIterations, influence.Tolerance),
            RankingMethod.InfluenceLissa => new LissaSolver(curvature, Preconditioner(), influence.LissaDepth, influence.Tolerance),
            RankingMethod.InfluenceArnoldi => new ArnoldiSolver(curvature, influence.ArnoldiRank, workers),
            _ => products.Rows < products.Parameters ? new WoodburySolver(curvature, workers) : ParameterMatrix.GaussNewton(curvature, workers),
        };

        SpectralPreconditioner Preconditioner() => new(curvature, influence.PreconditionerRank, workers);
    }
}
