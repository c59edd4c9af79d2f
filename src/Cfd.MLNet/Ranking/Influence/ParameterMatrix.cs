using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Cfd.MLNet.Ranking.Influence;

/// <summary>
/// A curvature matrix over all parameters, damped and factored once: Gauss-Newton by Cholesky, the exact Hessian, which need not be
/// positive definite, by LU.
/// </summary>
internal sealed class ParameterMatrix : IInfluenceSolver
{
    private readonly ISolver<double> _factors;
    private readonly int _size;

    private ParameterMatrix(double[] matrix, int parameters, double damping, Func<Matrix<double>, ISolver<double>> factor)
    {
        // Rows and columns behind the last parameter are zero but for the damping, so they change no solution.
        _size = SymmetricMatrix.PaddedSize(parameters);
        for (int i = 0; i < _size; i++) matrix[(i * _size) + i] += damping;
        _factors = factor(Matrix<double>.Build.Dense(_size, _size, matrix));
    }

    public static ParameterMatrix GaussNewton(GaussNewton curvature, int workers)
        => new(curvature.Products.ParameterGram(curvature.Weights, workers), curvature.Parameters, curvature.Damping, matrix => matrix.Cholesky());

    /// <summary>Gauss-Newton plus <c>(1/n) sum_i (p_i - y_i) (second derivatives of logit i)</c>.</summary>
    public static ParameterMatrix Hessian(GaussNewton curvature, ReadOnlySpan<float> labels, int workers)
    {
        double[] matrix = curvature.Products.ParameterGram(curvature.Weights, workers);
        var residuals = new double[labels.Length];
        for (int row = 0; row < residuals.Length; row++)
            residuals[row] = (curvature.Products.Gradients.Probability(row) - labels[row]) / residuals.Length;
        new LogitSecondDerivatives(curvature.Products.Gradients).AddTo(matrix, residuals, workers);
        return new(matrix, curvature.Parameters, curvature.Damping, damped => damped.LU());
    }

    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution)
    {
        var padded = new double[_size];
        gradient.CopyTo(padded);
        _factors.Solve(Vector<double>.Build.Dense(padded)).AsArray().AsSpan(0, solution.Length).CopyTo(solution);
    }
}
