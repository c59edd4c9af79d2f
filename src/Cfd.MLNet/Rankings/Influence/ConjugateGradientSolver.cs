namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Preconditioned conjugate gradients (Hestenes and Stiefel 1952) on the damped Gauss-Newton matrix, from v = 0.</summary>
/// <param name="curvature">H and its damping.</param>
/// <param name="preconditioner">M.</param>
/// <param name="maxIterations">Products with H at most.</param>
/// <param name="tolerance">Stops where the residual's length is at most this times the right-hand side's.</param>
internal sealed class ConjugateGradientSolver(
    GaussNewton curvature, SpectralPreconditioner preconditioner, int maxIterations, double tolerance) : IInfluenceSolver
{
    public void Solve(ReadOnlySpan<double> gradient, Span<double> solution)
    {
        solution.Clear();
        double[] residual = gradient.ToArray(), direction = new double[residual.Length], image = new double[residual.Length];
        double enough = tolerance * Vectors.Norm(gradient), progress = 0;
        var preconditioned = new double[residual.Length];
        for (int iteration = 0; iteration < maxIterations && Vectors.Norm(residual) > enough; iteration++)
        {
            Array.Clear(preconditioned);
            preconditioner.AddTo(residual, preconditioned);
            double next = Vectors.Dot(residual, preconditioned);
            if (iteration > 0) Vectors.Scale(next / progress, direction);
            Vectors.Add(1, preconditioned, direction);
            progress = next;
            curvature.Multiply(direction, image, workers: 1);
            Vectors.Add(curvature.Damping, direction, image);
            double step = progress / Vectors.Dot(direction, image);
            Vectors.Add(step, direction, solution);
            Vectors.Add(-step, image, residual);
        }
    }
}
