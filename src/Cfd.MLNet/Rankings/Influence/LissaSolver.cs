namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// LiSSA (Agarwal, Bullins and Hazan 2017) on the damped Gauss-Newton matrix A = H + d I: the Neumann series as a recursion,
/// <c>v_0 = M g, v_(t+1) = v_t + M (g - A v_t)</c>. Each step goes over all rows rather than over drawn ones, so the result is deterministic and
/// converges. The plain series has M = I / s, s the largest curvature, and takes some s / d terms; the preconditioner makes them few.
/// </summary>
/// <param name="curvature">H and its damping.</param>
/// <param name="preconditioner">M.</param>
/// <param name="depth">Terms at most.</param>
/// <param name="tolerance">Stops where the residual's length is at most this times the right-hand side's.</param>
internal sealed class LissaSolver(GaussNewton curvature, SpectralPreconditioner preconditioner, int depth, double tolerance) : IInfluenceSolver
{
    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution)
    {
        double[] residual = gradient.ToArray(), sum = new double[residual.Length];
        double enough = tolerance * Vectors.Norm(gradient);
        preconditioner.AddTo(residual, sum);
        for (int term = 1; term < depth; term++)
        {
            curvature.Multiply(sum, residual, workers: 1);
            for (int i = 0; i < residual.Length; i++) residual[i] = gradient[i] - residual[i] - (curvature.Damping * sum[i]);
            if (Vectors.Norm(residual) <= enough) break;
            preconditioner.AddTo(residual, sum);
        }

        sum.CopyTo(solution);
    }
}
