using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>ML.NET's binary trainers at their own defaults, on one thread where more would change a fit.</summary>
internal static class ReactionLearners
{
    public static IReadOnlyDictionary<string, Func<MLContext, IEstimator<ITransformer>>> All { get; } = new Dictionary<string, Func<MLContext, IEstimator<ITransformer>>>
    {
        ["FastTree"] = context => context.BinaryClassification.Trainers.FastTree(),
        ["FastForest"] = context => context.BinaryClassification.Trainers.FastForest(),
        ["LightGbm"] = context => context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["Gam"] = context => context.BinaryClassification.Trainers.Gam(),
        ["Sdca"] = context => context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["Lbfgs"] = context => context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["AveragedPerceptron"] = context => context.BinaryClassification.Trainers.AveragedPerceptron(),
        ["LinearSvm"] = context => context.BinaryClassification.Trainers.LinearSvm(),
    };
}
