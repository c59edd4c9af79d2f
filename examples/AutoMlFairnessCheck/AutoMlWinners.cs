using Cfd.MLNet;
using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace AutoMlFairnessCheck;

/// <summary>Two AutoML searches, each ending in what the audit takes: an estimator that can be refitted.</summary>
internal static class AutoMlWinners
{
    /// <summary>
    /// The classic API. Its winner is one estimator object; BestRun.Model would not do: it cannot be refitted, and below 15,000 rows
    /// it is the model of one fold alone.
    /// </summary>
    public static Learner Classic(MLContext context, GermanCredit data, uint seconds)
    {
        var run = context.Auto().CreateBinaryClassificationExperiment(seconds).Execute(data.Train, labelColumnName: GermanCredit.Label);
        Console.WriteLine($"  winner: {run.BestRun.TrainerName}");
        return context.CounterfactualDatasets().Learners.Estimator(run.BestRun.Estimator);
    }

    /// <summary>AutoML 2.0. Its winner is built anew for each refit, with the parameters that won, in a context with a seed.</summary>
    public static async Task<Learner> SweepableAsync(MLContext context, GermanCredit data, uint seconds)
    {
        SweepablePipeline pipeline = context.Auto().Featurizer(data.Train, excludeColumns: [GermanCredit.Label])
            .Append(context.Auto().BinaryClassification(labelColumnName: GermanCredit.Label));
        TrialResult result = await context.Auto().CreateExperiment()
            .SetDataset(data.Train, fold: 5)
            .SetPipeline(pipeline)
            .SetBinaryClassificationMetric(BinaryClassificationMetric.AreaUnderRocCurve, GermanCredit.Label)
            .SetTrainingTimeInSeconds(seconds)
            .RunAsync();
        Console.WriteLine($"  winner's area under the ROC curve: {result.Metric:F3}");
        var parameters = result.TrialSettings.Parameter["_pipeline_"];
        return context.CounterfactualDatasets().Learners.Estimator(fresh => pipeline.BuildFromOption(fresh, parameters));
    }
}
