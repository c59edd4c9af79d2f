namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// M, a cheap approximate inverse of the damped Gauss-Newton matrix A = H + d I that all test rows share: exact on Ritz pairs (value t_k,
/// vector u_k), which hold the large curvatures, and I / s on the rest, s what A is there at most:
/// <c>M = sum_k u_k u_k^T / (t_k + d) + (I - sum_k u_k u_k^T) / s</c>. It leaves a matrix whose eigenvalues lie near each other, so that series
/// and conjugate gradients need few terms. Without pairs M = I / s.
/// </summary>
internal sealed class SpectralPreconditioner
{
    /// <summary>Lanczos vectors for the largest curvature of what is left.</summary>
    private const int ScaleVectors = 20;

    private readonly GaussNewton _curvature;
    private readonly Lanczos _pairs;
    private readonly double _scale;

    public SpectralPreconditioner(GaussNewton curvature, int rank, int workers, CancellationToken cancellationToken)
    {
        _curvature = curvature;
        _pairs = Lanczos.Run((v, product) => curvature.Multiply(v, product, workers), curvature.Parameters, rank, workers, cancellationToken);
        var rest = Lanczos.Run(
            (v, product) =>
            {
                double[] projected = [.. v];
                RemovePairs(projected);
                curvature.Multiply(projected, product, workers);
                RemovePairs(product);
            },
            curvature.Parameters, ScaleVectors, workers, cancellationToken);
        double largest = rest.Values.Length == 0 ? 0 : rest.Values[^1] + rest.Residuals[^1];
        // A maps pairs into the rest by their residuals; with this much added to s, M A has no eigenvalue of 2 or more, where a series diverges.
        double coupling = 0;
        for (int pair = 0; pair < _pairs.Values.Length; pair++)
            coupling += _pairs.Residuals[pair] * _pairs.Residuals[pair] / (_pairs.Values[pair] + curvature.Damping);
        _scale = curvature.Damping + largest + coupling;
    }

    /// <summary>target += M vector.</summary>
    public void AddTo(ReadOnlySpan<double> vector, Span<double> target)
    {
        Vectors.Add(1 / _scale, vector, target);
        for (int pair = 0; pair < _pairs.Values.Length; pair++)
        {
            double part = Vectors.Dot(_pairs.Vectors[pair], vector);
            Vectors.Add(part * ((1 / (_pairs.Values[pair] + _curvature.Damping)) - (1 / _scale)), _pairs.Vectors[pair], target);
        }
    }

    private void RemovePairs(double[] vector)
    {
        foreach (double[] pair in _pairs.Vectors) Vectors.Add(-Vectors.Dot(pair, vector), pair, vector);
    }
}
