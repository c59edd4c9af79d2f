namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// The Gauss-Newton matrix inverted on the side of the rows, for fewer rows than parameters. With S = diag(sqrt(p_i (1 - p_i) / n)):
/// <c>(G^T S S G + d I)^-1 = (I - G^T S (d I + S G G^T S)^-1 S G) / d</c>.
/// </summary>
internal sealed class WoodburySolver : IInfluenceSolver
{
    private readonly GaussNewton _curvature;
    private readonly double[] _roots;
    private readonly BlockedLu _inner;

    public WoodburySolver(GaussNewton curvature, int workers, CancellationToken cancellationToken)
    {
        _curvature = curvature;
        int rows = curvature.Products.Rows;
        _roots = new double[rows];
        for (int row = 0; row < rows; row++) _roots[row] = Math.Sqrt(curvature.Weights[row]);
        double[] inner = curvature.Products.RowGram(workers, cancellationToken);
        int size = SymmetricMatrix.PaddedSize(rows);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < rows; column++) inner[(row * size) + column] *= _roots[row] * _roots[column];
        }

        for (int i = 0; i < size; i++) inner[(i * size) + i] += curvature.Damping;

        _inner = BlockedLu.Factor(inner, size, curvature.Products.Width, workers, cancellationToken);
    }

    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution)
    {
        var rows = new double[_roots.Length];
        _curvature.Products.Multiply(gradient, rows, workers: 1);
        for (int row = 0; row < rows.Length; row++) rows[row] *= _roots[row];
        _inner.Solve(rows).AsSpan(0, rows.Length).CopyTo(rows);
        for (int row = 0; row < rows.Length; row++) rows[row] *= _roots[row];
        _curvature.Products.MultiplyTransposed(rows, solution, workers: 1);
        for (int i = 0; i < solution.Length; i++) solution[i] = (gradient[i] - solution[i]) / _curvature.Damping;
    }
}
