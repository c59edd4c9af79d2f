using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>Any ML.NET pipeline that ends in a binary classifier.</summary>
/// <param name="build">Gives an unfitted pipeline for a context and its seed.</param>
/// <param name="seed">Seed of the fresh context that each fit gets; null where one estimator object is fitted again and again.</param>
/// <param name="ensembleSize">Of how many fits, each under a seed of its own, f is the mean; 1 where there is no seed.</param>
internal sealed class EstimatorLearner(Func<MLContext, int, IEstimator<ITransformer>> build, int? seed, int ensembleSize = 1) : Learner
{
    public EstimatorLearner(Func<MLContext, IEstimator<ITransformer>> build, int? seed)
        : this((context, _) => build(context), seed)
    {
    }

    /// <summary>
    /// Fits that may run at once. One object's fits share its state, and trainers such as FastTree use all cores themselves.
    /// </summary>
    public int MaxWorkers => seed is null ? 1 : int.MaxValue;

    /// <summary>The seed of the fresh contexts, or null where there are none.</summary>
    public int? Seed => seed;

    /// <summary>The fits whose mean is f: under the learner's own seed, and under others drawn from it.</summary>
    public IReadOnlyList<Replicate> Members { get; } =
        [Replicate.Base, .. SeededRandom.SeedsOf(seed ?? 0, RandomStream.EnsembleMembers, ensembleSize - 1).Select(other => new Replicate(other))];

    /// <summary>An unfitted pipeline, of the learner's own seed or another one.</summary>
    /// <exception cref="InvalidOperationException">The user's function gave none.</exception>
    public IEstimator<ITransformer> Build(long? other = null)
    {
        int? own = other is { } given ? unchecked((int)given) : seed;
        return build(new MLContext(own), own ?? 0)
            ?? throw new InvalidOperationException("The function given to Learners.Estimator returned null; it must return an unfitted pipeline.");
    }
}
