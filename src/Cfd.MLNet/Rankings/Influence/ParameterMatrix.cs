namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// A curvature matrix over all parameters, damped and factored once: Gauss-Newton, or the exact Hessian, which need not be positive definite.
/// </summary>
internal sealed class ParameterMatrix : IInfluenceSolver
{
    private readonly BlockedLu _factors;

    private ParameterMatrix(double[] matrix, GaussNewton curvature, int workers, CancellationToken cancellationToken)
    {
        // Rows and columns behind the last parameter are zero but for the damping, so they change no solution.
        int size = SymmetricMatrix.PaddedSize(curvature.Parameters);
        for (int i = 0; i < size; i++) matrix[(i * size) + i] += curvature.Damping;
        _factors = BlockedLu.Factor(matrix, size, curvature.Products.Width, workers, cancellationToken);
    }

    public static ParameterMatrix GaussNewton(GaussNewton curvature, int workers, CancellationToken cancellationToken)
        => new(curvature.Products.ParameterGram(curvature.Weights, workers, cancellationToken), curvature, workers, cancellationToken);

    /// <summary>Gauss-Newton plus <c>(1/n) sum_i (p_i - y_i) (second derivatives of logit i)</c>.</summary>
    public static ParameterMatrix Hessian(GaussNewton curvature, ReadOnlySpan<float> labels, int workers, CancellationToken cancellationToken)
    {
        double[] matrix = curvature.Products.ParameterGram(curvature.Weights, workers, cancellationToken);
        var residuals = new double[labels.Length];
        for (int row = 0; row < residuals.Length; row++)
            residuals[row] = (curvature.Products.Gradients.Probability(row) - labels[row]) / residuals.Length;
        new LogitSecondDerivatives(curvature.Products.Gradients).AddTo(matrix, residuals, workers);
        return new(matrix, curvature, workers, cancellationToken);
    }

    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution)
        => _factors.Solve(gradient).AsSpan(0, solution.Length).CopyTo(solution);
}
