using Cfd.MLNet.Common;

namespace Cfd.MLNet;

/// <summary>
/// Parameters of the influence functions: of <see cref="RankingMethod.InfluenceExplicit"/>, <see cref="RankingMethod.InfluenceHessian"/>,
/// <see cref="RankingMethod.InfluenceConjugateGradient"/>, <see cref="RankingMethod.InfluenceLissa"/> and
/// <see cref="RankingMethod.InfluenceArnoldi"/>. Ignored by all other rankings. Immutable.
/// </summary>
public sealed record InfluenceOptions
{
    /// <summary>
    /// The damping added to the curvature's diagonal is this times the mean diagonal of the Gauss-Newton matrix, which is that of the
    /// Hessian, too, plus <see cref="AbsoluteDamping"/>. 0 to 1000. Default: 0.01.
    /// </summary>
    public double RelativeDamping { get; init; } = 0.01;

    /// <summary>See <see cref="RelativeDamping"/>. 1e-9 to 1e6. Default: 1e-3.</summary>
    public double AbsoluteDamping { get; init; } = 1e-3;

    /// <summary>
    /// Vectors of the Krylov space from which conjugate gradients and LiSSA take the large curvatures once for all test rows, so that few
    /// products are left to do for each; 0, none, to 10,000. Changes the time, not what they converge to. Default: 300.
    /// </summary>
    public int PreconditionerRank { get; init; } = 300;

    /// <summary>
    /// Conjugate gradients and LiSSA stop where the residual is at most this times the right-hand side, both by their lengths; 1e-14 to 0.1.
    /// Default: 1e-5.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// Conjugate gradients stop after that many products with the Gauss-Newton matrix at the latest, 1 to 100,000. Default: 1000.
    /// </summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>
    /// LiSSA's depth: terms of its series at most, each a product with the Gauss-Newton matrix over all training rows, 1 to 100,000. Default:
    /// 1000.
    /// </summary>
    public int LissaDepth { get; init; } = 1000;

    /// <summary>Arnoldi's rank: vectors of the Krylov space, 1 to 10,000; never more than there are parameters. Default: 500.</summary>
    public int ArnoldiRank { get; init; } = 500;

    internal void Validate()
    {
        Preconditions.InRange(RelativeDamping, 0, 1000, nameof(RelativeDamping));
        Preconditions.InRange(AbsoluteDamping, 1e-9, 1e6, nameof(AbsoluteDamping));
        Preconditions.InRange(PreconditionerRank, 0, 10_000, nameof(PreconditionerRank));
        Preconditions.InRange(MaxIterations, 1, 100_000, nameof(MaxIterations));
        Preconditions.InRange(Tolerance, 1e-14, 0.1, nameof(Tolerance));
        Preconditions.InRange(LissaDepth, 1, 100_000, nameof(LissaDepth));
        Preconditions.InRange(ArnoldiRank, 1, 10_000, nameof(ArnoldiRank));
    }
}
