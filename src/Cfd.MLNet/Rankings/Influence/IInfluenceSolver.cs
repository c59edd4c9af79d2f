namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Solves (H + damping I) v = g for a curvature matrix H over the parameters. Thread-safe.</summary>
internal interface IInfluenceSolver
{
    /// <param name="gradient">g, in the flat order of the parameters.</param>
    /// <param name="solution">v, overwritten.</param>
    void Solve(ReadOnlySpan<double> gradient, Span<double> solution);
}
