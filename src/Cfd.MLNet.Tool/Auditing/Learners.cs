using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>Makes what the library audits.</summary>
internal static class Learners
{
    /// <summary>The network of the library.</summary>
    public const string Network = "relu";

    /// <summary>Learners by the names that users write, each with a few words.</summary>
    public static IReadOnlyDictionary<string, string> ByName { get; } = new Dictionary<string, string>
    {
        [Network] = "a ReLU network",
        ["fasttree"] = "FastTree, boosted trees of ML.NET",
        ["lightgbm"] = "LightGBM",
        ["lbfgs"] = "logistic regression by L-BFGS, of ML.NET",
    };

    /// <summary>The learner; ML.NET's own trainers keep their defaults, but for those that would differ with the number of threads.</summary>
    public static Learner Create(CounterfactualDatasetCatalog cfd, AuditPlan plan)
    {
        var input = plan.Input;
        string name = plan.Settings.Learner;
        if (name == Network) return cfd.Learners.ReluNetwork(input.Preparation, plan.Network, input.Validation);
        return cfd.Learners.Estimator(context => input.Preparation.Append(Trainer(context, name, input)), plan.Network.Seed);
    }

    private static IEstimator<ITransformer> Trainer(MLContext context, string name, AuditInput input)
    {
        var trainers = context.BinaryClassification.Trainers;
        return name switch
        {
            "fasttree" => trainers.FastTree(input.LabelColumn, input.FeatureColumn),
            "lightgbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                LabelColumnName = input.LabelColumn,
                FeatureColumnName = input.FeatureColumn,
                NumberOfThreads = 1,
            }),
            _ => trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = input.LabelColumn,
                FeatureColumnName = input.FeatureColumn,
                NumberOfThreads = 1,
            }),
        };
    }
}
