using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>Any ML.NET pipeline that ends in a binary classifier.</summary>
/// <param name="build">Gives an unfitted pipeline for a context.</param>
/// <param name="seed">Seed of the fresh context that each fit gets; null where one estimator object is fitted again and again.</param>
internal sealed class EstimatorLearner(Func<MLContext, IEstimator<ITransformer>> build, int? seed) : Learner
{
    /// <summary>
    /// Fits that may run at once. One object's fits share its state, and trainers such as FastTree use all cores themselves.
    /// </summary>
    public int MaxWorkers => seed is null ? 1 : int.MaxValue;

    /// <summary>The seed of the fresh contexts, or null where there are none.</summary>
    public int? Seed => seed;

    /// <summary>This learner with contexts of another seed; null where it has none of its own.</summary>
    public EstimatorLearner? Reseeded(long other) => seed is null ? null : new EstimatorLearner(build, unchecked((int)other));

    /// <summary>An unfitted pipeline.</summary>
    /// <exception cref="InvalidOperationException">The user's function gave none.</exception>
    public IEstimator<ITransformer> Build() => build(new MLContext(seed))
        ?? throw new InvalidOperationException("The function given to Learners.Estimator returned null; it must return an unfitted pipeline.");
}
