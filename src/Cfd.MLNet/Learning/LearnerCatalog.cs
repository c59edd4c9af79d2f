using Cfd.MLNet.Learning;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>The learning algorithms that can be audited. Thread-safe.</summary>
public sealed class LearnerCatalog
{
    private const string FittedModel =
        "A fitted model (ITransformer) cannot be refitted on other labels, so it cannot be audited. Pass what was fitted: the estimator " +
        "(of AutoML: run.BestRun.Estimator instead of run.BestRun.Model), or a function that builds it from an MLContext.";

    internal LearnerCatalog()
    {
    }

    /// <summary>A ReLU network behind a preparation.</summary>
    /// <param name="preparation">
    /// Makes the feature column; fitted once on the training view. It must not look at the label. Null where features are ready.
    /// </param>
    /// <param name="options">Network and training; null for the defaults.</param>
    /// <param name="validation">
    /// Rows that decide when training stops, raw: the preparation is applied to them. Null to set a share of the training view aside.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside of its range.</exception>
    public Learner ReluNetwork(
        IEstimator<ITransformer>? preparation = null, NetworkOptions? options = null, IDataView? validation = null)
        => new NetworkLearner(preparation, options ?? new NetworkOptions(), validation);

    /// <summary>
    /// Any ML.NET pipeline that ends in a binary classifier, built and fitted anew for each flip set, each time in a fresh
    /// <c>new MLContext(seed)</c>, so that a fit depends on nothing but its labels. The training part is the whole training view. f decides by
    /// Score &gt; 0, as ML.NET's trainers do. A fit cannot be stopped midway: cancelling an audit waits for the fits in flight.
    /// </summary>
    /// <remarks>
    /// Preparation that ignores the labels is found out and fitted once. The labels that are turned over are those of the raw training view; the
    /// pipeline may make its own label of them (MapValue, MapValueToKey, ConvertType), and is then refitted whole. The feature column, of the
    /// pipeline's last trainer unless the audit's options name another, serves to rank training rows. Rankings that look into a network look into a ReLU network trained on the same
    /// features as a stand-in. Features that are missing (NaN) reach the learner as they are. phi changes the protected column of the raw test rows.
    /// </remarks>
    /// <param name="build">
    /// Makes the unfitted pipeline, whole: with all preparation that is to be refitted, every part made from the given context. Called often,
    /// and from several threads.
    /// </param>
    /// <param name="seed">Seed of the contexts, of 32 bits. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed has more than 32 bits.</exception>
    public Learner Estimator(Func<MLContext, IEstimator<ITransformer>> build, long seed = 1)
    {
        ArgumentNullException.ThrowIfNull(build);
        Preconditions.InRange(seed, int.MinValue, int.MaxValue, nameof(seed));
        return new EstimatorLearner(build, (int)seed);
    }

    /// <summary>
    /// As <see cref="Estimator(Func{MLContext, IEstimator{ITransformer}}, long)"/>, for trainers with a seed of their own beside the context's, as trees have
    /// and LightGBM: the function gets the seed and hands it on, so that fresh trainings, which put findings to the test, are fresh indeed.
    /// </summary>
    /// <remarks>
    /// Several fits may decide together: a finding about one fit of a trainer that draws is mostly a fact about that fit. f is then the mean of their scores
    /// (<see cref="PipelineEnsemble"/>), each under a seed of its own drawn from <paramref name="seed"/>, rows on which too few of them agree are unsettled
    /// (<see cref="SearchOptions.Agreement"/>), and each retrain takes as many fits. An audit refuses an ensemble whose members all give the same scores: a trainer
    /// that does not draw by the seed, such as FastTree without bagging, makes one model of them.
    /// </remarks>
    /// <param name="build">Makes the unfitted pipeline from a context and its seed. Called often, and from several threads.</param>
    /// <param name="seed">The seed, of 32 bits. Default: 1.</param>
    /// <param name="ensembleSize">S: of how many fits f is the mean, 1 to 256. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed has more than 32 bits, or the ensemble too few or too many members.</exception>
    public Learner SeededEstimator(Func<MLContext, int, IEstimator<ITransformer>> build, long seed = 1, int ensembleSize = 1)
    {
        ArgumentNullException.ThrowIfNull(build);
        Preconditions.InRange(seed, int.MinValue, int.MaxValue, nameof(seed));
        Preconditions.InRange(ensembleSize, 1, NetworkOptions.MostNetworks, nameof(ensembleSize));
        return new EstimatorLearner(build, (int)seed, ensembleSize);
    }

    /// <summary>
    /// One ML.NET estimator object, such as the winner of an AutoML run, fitted again and again, one fit at a time. Beware of noise: an
    /// object keeps the random state of its context, so trainers that draw (SDCA, FastForest, bagged trees) differ from fit to fit though no
    /// label changed, and a counterfactual dataset may be that noise. <see cref="AuditReport.Refits"/> tells how much; where
    /// you can, pass a function that builds the pipeline.
    /// </summary>
    /// <param name="estimator">
    /// The unfitted pipeline. Its context must not have been cancelled. Of AutoML: <c>run.BestRun.Estimator</c>, or
    /// <c>pipeline.BuildFromOption(context, result.TrialSettings.Parameter["_pipeline_"])</c>, better within the function above.
    /// </param>
    public Learner Estimator(IEstimator<ITransformer> estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new EstimatorLearner((_, _) => estimator, null);
    }

    /// <summary>Refused: a fitted model cannot be fitted again on other labels.</summary>
    /// <param name="model">A fitted model.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete(FittedModel, error: true)]
    public Learner Estimator(ITransformer model) => throw new NotSupportedException(FittedModel);
}
