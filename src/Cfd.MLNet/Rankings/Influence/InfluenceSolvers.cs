using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>See <see cref="InfluenceSolver.Explicit"/>.</summary>
internal sealed record ExplicitInverse : InfluenceSolver
{
    /// <summary>Rows or parameters, whichever are fewer, up to which the inverse is formed: 3 GB.</summary>
    public const int MaxSide = 20_000;

    internal override void RequireFeasible(int rows, NetworkShape shape)
    {
        int parameters = shape.ParameterCount;
        if (Math.Min(rows, parameters) > MaxSide)
            throw new ArgumentException(
                $"InfluenceSolver.{nameof(Explicit)} factors a matrix over rows or parameters, whichever are fewer; there are {rows} rows and {parameters} parameters, " +
                $"allowed is up to {MaxSide} of either. Choose InfluenceSolver.{nameof(ConjugateGradient)}, or a smaller network.");
    }

    internal override IInfluenceSolver Create(GaussNewton curvature, float[] labels, int workers, CancellationToken cancellationToken)
        => curvature.Products.Rows < curvature.Parameters
            ? new WoodburySolver(curvature, workers, cancellationToken)
            : ParameterMatrix.GaussNewton(curvature, workers, cancellationToken);
}

/// <summary>See <see cref="InfluenceSolver.Hessian"/>.</summary>
internal sealed record HessianInverse : InfluenceSolver
{
    /// <summary>Parameters up to which the exact Hessian is formed and factored.</summary>
    public const int MaxParameters = 3000;

    internal override void RequireFeasible(int rows, NetworkShape shape)
    {
        if (shape.ParameterCount > MaxParameters)
            throw new ArgumentException(
                $"InfluenceSolver.{nameof(Hessian)} factors the exact Hessian; the network has {shape.ParameterCount} parameters, allowed is up to {MaxParameters}. " +
                $"Choose InfluenceSolver.{nameof(Explicit)}, or a smaller network.");
    }

    internal override IInfluenceSolver Create(GaussNewton curvature, float[] labels, int workers, CancellationToken cancellationToken)
        => ParameterMatrix.Hessian(curvature, labels, workers, cancellationToken);
}

/// <summary>See <see cref="InfluenceSolver.ConjugateGradient"/>.</summary>
internal sealed record ConjugateGradients(double Tolerance, int MaxIterations, int PreconditionerRank) : InfluenceSolver
{
    internal override void Validate()
    {
        Preconditions.InRange(Tolerance, 1e-14, 0.1, "tolerance");
        Preconditions.InRange(MaxIterations, 1, 100_000, "maxIterations");
        Preconditions.InRange(PreconditionerRank, 0, 10_000, "preconditionerRank");
    }

    internal override IInfluenceSolver Create(GaussNewton curvature, float[] labels, int workers, CancellationToken cancellationToken)
        => new ConjugateGradientSolver(curvature, new SpectralPreconditioner(curvature, PreconditionerRank, workers, cancellationToken), MaxIterations, Tolerance);
}

/// <summary>See <see cref="InfluenceSolver.Lissa"/>.</summary>
internal sealed record LissaSeries(double Tolerance, int Depth, int PreconditionerRank) : InfluenceSolver
{
    internal override void Validate()
    {
        Preconditions.InRange(Tolerance, 1e-14, 0.1, "tolerance");
        Preconditions.InRange(Depth, 1, 100_000, "depth");
        Preconditions.InRange(PreconditionerRank, 0, 10_000, "preconditionerRank");
    }

    internal override IInfluenceSolver Create(GaussNewton curvature, float[] labels, int workers, CancellationToken cancellationToken)
        => new LissaSolver(curvature, new SpectralPreconditioner(curvature, PreconditionerRank, workers, cancellationToken), Depth, Tolerance);
}

/// <summary>See <see cref="InfluenceSolver.Arnoldi"/>.</summary>
internal sealed record ArnoldiPairs(int Rank) : InfluenceSolver
{
    internal override void Validate() => Preconditions.InRange(Rank, 1, 10_000, "rank");

    internal override IInfluenceSolver Create(GaussNewton curvature, float[] labels, int workers, CancellationToken cancellationToken)
        => new ArnoldiSolver(curvature, Rank, workers, cancellationToken);
}
