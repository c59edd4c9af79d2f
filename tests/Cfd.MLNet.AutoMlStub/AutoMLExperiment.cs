using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

public enum BinaryClassificationMetric
{
    AreaUnderRocCurve = 1,
}

public class AutoMLExperiment
{
    internal AutoMLExperiment(MLContext context) => Context = context;

    internal MLContext Context { get; }

    internal IDataView? Dataset { get; set; }

    internal int Fold { get; set; }

    internal string LabelColumn { get; set; } = "label";

    internal SweepablePipeline? Pipeline { get; set; }

    public AutoMLExperiment SetTrainingTimeInSeconds(uint trainingTimeInSeconds) => this;

    public Task<TrialResult> RunAsync(CancellationToken ct = default)
    {
        Parameter[] parameters = [.. Pipeline!.Options.Select(option => new Parameter(option))];
        var trials = parameters.Select(parameter => Pipeline.BuildFromOption(Context, parameter));
        var (winner, metric) = Trials.Best(Context, Dataset!, LabelColumn, trials, Fold);
        int index = Array.FindIndex(parameters, parameter
            => Pipeline.BuildFromOption(Context, parameter).LastEstimator.GetType() == ((EstimatorChain<ITransformer>)winner).LastEstimator.GetType());
        var settings = new TrialSettings { Parameter = new Parameter(-1) { ["_pipeline_"] = parameters[index] } };
        return Task.FromResult(new TrialResult { TrialSettings = settings, Metric = metric });
    }
}

public static class AutoMLExperimentExtension
{
    public static AutoMLExperiment SetDataset(this AutoMLExperiment experiment, IDataView dataset, int fold = 10)
    {
        (experiment.Dataset, experiment.Fold) = (dataset, fold);
        return experiment;
    }

    public static AutoMLExperiment SetBinaryClassificationMetric(
        this AutoMLExperiment experiment, BinaryClassificationMetric metric, string labelColumn = "label")
    {
        experiment.LabelColumn = labelColumn;
        return experiment;
    }

    public static AutoMLExperiment SetPipeline(this AutoMLExperiment experiment, SweepablePipeline pipeline)
    {
        experiment.Pipeline = pipeline;
        return experiment;
    }
}

public class TrialResult
{
    public TrialSettings TrialSettings { get; set; } = new();

    public double Metric { get; set; }
}

public class TrialSettings
{
    public Parameter Parameter { get; set; } = new(-1);
}
