namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// The damped inverse by Ritz pairs (value t_k, vector u_k) of the Gauss-Newton matrix, found once (after Schioppa et al. 2022):
/// <c>v = sum_k u_k (u_k . g) / (t_k + d) + (g - sum_k u_k (u_k . g)) / d</c>, d the damping. The last term, which they leave out, is what
/// the directions without a pair contribute if their curvature is small beside the damping.
/// </summary>
internal sealed class ArnoldiSolver : IInfluenceSolver
{
    private readonly Lanczos _pairs;
    private readonly double _damping;

    public ArnoldiSolver(GaussNewton curvature, int rank, int workers, CancellationToken cancellationToken)
    {
        _pairs = Lanczos.Run((v, product) => curvature.Multiply(v, product, workers), curvature.Parameters, rank, workers, cancellationToken);
        _damping = curvature.Damping;
    }

    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution)
    {
        gradient.CopyTo(solution);
        Vectors.Scale(1 / _damping, solution);
        for (int pair = 0; pair < _pairs.Values.Length; pair++)
        {
            double part = Vectors.Dot(_pairs.Vectors[pair], gradient);
            Vectors.Add(part * ((1 / (_pairs.Values[pair] + _damping)) - (1 / _damping)), _pairs.Vectors[pair], solution);
        }
    }
}
