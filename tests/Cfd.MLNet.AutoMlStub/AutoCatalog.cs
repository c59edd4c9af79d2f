using Microsoft.ML.Data;

namespace Microsoft.ML.AutoML;

/// <summary>
/// The members of Microsoft.ML.AutoML 0.23.0 that the example uses, with its signatures and a search of its own: three trainers
/// behind one featurization, chosen by cross-validation.
/// </summary>
public static class MLContextExtension
{
    public static AutoCatalog Auto(this MLContext mlContext) => new(mlContext);
}

public sealed class AutoCatalog
{
    private readonly MLContext _context;

    internal AutoCatalog(MLContext context) => _context = context;

    public BinaryClassificationExperiment CreateBinaryClassificationExperiment(uint maxExperimentTimeInSeconds) => new(_context);

    public AutoMLExperiment CreateExperiment() => new(_context);

    public SweepablePipeline Featurizer(IDataView data, string outputColumnName = "Features", string[]? excludeColumns = null)
        => new([context => Trials.Featurize(context, data.Schema, outputColumnName, excludeColumns ?? [])]);

    public SweepablePipeline BinaryClassification(string labelColumnName = "Label", string featureColumnName = "Features")
        => new(Trials.Trainers(labelColumnName, featureColumnName));
}

public sealed class BinaryClassificationExperiment
{
    /// <summary>The classic API's own name; AutoML 2.0's featurizer says Features.</summary>
    private const string FeatureColumn = "__Features__";

    private readonly MLContext _context;

    internal BinaryClassificationExperiment(MLContext context) => _context = context;

    public ExperimentResult<BinaryClassificationMetrics> Execute(IDataView trainData, string labelColumnName = "Label")
    {
        var trials = Trials.Trainers(labelColumnName, FeatureColumn)
            .Select(trainer => Trials.Featurize(_context, trainData.Schema, FeatureColumn, [labelColumnName]).Append(trainer(_context)));
        var (winner, _) = Trials.Best(_context, trainData, labelColumnName, trials, folds: 3);
        return new ExperimentResult<BinaryClassificationMetrics>(new RunDetail<BinaryClassificationMetrics>(winner));
    }
}

public class ExperimentResult<TMetrics>
{
    public readonly RunDetail<TMetrics> BestRun;

    internal ExperimentResult(RunDetail<TMetrics> bestRun) => BestRun = bestRun;
}

public sealed class RunDetail<TMetrics> : RunDetail
{
    internal RunDetail(IEstimator<ITransformer> estimator)
        : base(estimator)
    {
    }
}

public abstract class RunDetail
{
    private protected RunDetail(IEstimator<ITransformer> estimator) => Estimator = estimator;

    public string TrainerName => ((EstimatorChain<ITransformer>)Estimator).LastEstimator.GetType().Name;

    public IEstimator<ITransformer> Estimator { get; }
}
