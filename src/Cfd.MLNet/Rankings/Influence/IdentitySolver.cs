namespace Cfd.MLNet.Rankings.Influence;

/// <summary>No curvature at all: v = g, so that scores are inner products of gradients.</summary>
internal sealed class IdentitySolver : IInfluenceSolver
{
    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution) => gradient.CopyTo(solution);
}
