using System.Text.Json.Serialization;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Influence;

namespace Cfd.MLNet;

/// <summary>How <see cref="Ranking.Influence"/> inverts the curvature of the mean training loss. Immutable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Name")]
[JsonDerivedType(typeof(ExplicitInverse), "Explicit")]
[JsonDerivedType(typeof(HessianInverse), "Hessian")]
[JsonDerivedType(typeof(ConjugateGradients), "ConjugateGradient")]
[JsonDerivedType(typeof(LissaSeries), "Lissa")]
[JsonDerivedType(typeof(ArnoldiPairs), "Arnoldi")]
public abstract record InfluenceSolver
{
    private protected InfluenceSolver()
    {
    }

    /// <summary>
    /// The Gauss-Newton matrix, factored on the side of the rows or of the parameters, whichever are fewer; there may be up to 20,000 of these.
    /// </summary>
    public static InfluenceSolver Explicit { get; } = new ExplicitInverse();

    /// <summary>
    /// The exact Hessian, for networks of up to 3,000 parameters. It need not be positive definite, and then has no claim to be the curvature of a
    /// minimum.
    /// </summary>
    public static InfluenceSolver Hessian { get; } = new HessianInverse();

    /// <summary>The Gauss-Newton matrix by conjugate gradients, without forming it.</summary>
    /// <param name="tolerance">Stops where the residual is at most this times the right-hand side, both by their lengths; 1e-14 to 0.1.</param>
    /// <param name="maxIterations">Stops after that many products with the matrix at the latest, 1 to 100,000.</param>
    /// <param name="preconditionerRank">
    /// Vectors of the Krylov space from which the large curvatures are taken once for all test rows, so that few products are left to do for
    /// each; 0, none, to 10,000. Changes the time, not what is converged to.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static InfluenceSolver ConjugateGradient(double tolerance = 1e-5, int maxIterations = 1000, int preconditionerRank = 300)
        => Validated(new ConjugateGradients(tolerance, maxIterations, preconditionerRank));

    /// <summary>The Gauss-Newton matrix by LiSSA's series (Agarwal, Bullins and Hazan 2017), without forming it.</summary>
    /// <param name="tolerance">As in <see cref="ConjugateGradient"/>.</param>
    /// <param name="depth">Terms of the series at most, each a product with the matrix over all training rows, 1 to 100,000.</param>
    /// <param name="preconditionerRank">As in <see cref="ConjugateGradient"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static InfluenceSolver Lissa(double tolerance = 1e-5, int depth = 1000, int preconditionerRank = 300)
        => Validated(new LissaSeries(tolerance, depth, preconditionerRank));

    /// <summary>The Gauss-Newton matrix by Arnoldi's iteration (Schioppa et al. 2022), without forming it.</summary>
    /// <param name="rank">Vectors of the Krylov space, 1 to 10,000; never more than there are parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static InfluenceSolver Arnoldi(int rank = 500) => Validated(new ArnoldiPairs(rank));

    /// <summary>Its name, and its parameters where it has some.</summary>
    public sealed override string ToString() => OptionText.Of(this);

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal abstract IInfluenceSolver Create(GaussNewton curvature, float[] labels, int workers, CancellationToken cancellationToken);

    /// <exception cref="ArgumentException">A matrix is formed that is too large for this data and network.</exception>
    internal virtual void RequireFeasible(int rows, NetworkShape shape)
    {
    }

    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    internal virtual void Validate()
    {
    }

    private static InfluenceSolver Validated(InfluenceSolver solver)
    {
        solver.Validate();
        return solver;
    }
}
