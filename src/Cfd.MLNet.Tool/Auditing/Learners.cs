using Cfd.MLNet.Tool.Auditing;

using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>What is trained: the learning algorithm of the audit.</summary>
internal enum LearnerKind
{
    /// <summary>Our ReLU network.</summary>
    Relu,

    /// <summary>ML.NET's boosted trees.</summary>
    FastTree,

    /// <summary>LightGBM.</summary>
    LightGbm,

    /// <summary>Logistic regression by L-BFGS.</summary>
    Lbfgs,
}

/// <summary>Makes what the library audits.</summary>
internal static class Learners
{
    /// <summary>Learners by the names that users write.</summary>
    public static IReadOnlyDictionary<string, LearnerKind> ByName { get; } = new Dictionary<string, LearnerKind>
    {
        ["relu"] = LearnerKind.Relu,
        ["fasttree"] = LearnerKind.FastTree,
        ["lightgbm"] = LearnerKind.LightGbm,
        ["lbfgs"] = LearnerKind.Lbfgs,
    };

    /// <summary>The learner; ML.NET's own trainers keep their defaults, but for those that would differ with the number of threads.</summary>
    public static Learner Create(CounterfactualDatasetCatalog cfd, LearnerKind kind, AuditInput input, NetworkOptions network)
    {
        if (kind == LearnerKind.Relu) return cfd.Learners.ReluNetwork(input.Preparation, network, input.Validation);
        return cfd.Learners.Estimator(context => input.Preparation.Append(Trainer(context, kind, input)), network.Seed);
    }

    private static IEstimator<ITransformer> Trainer(MLContext context, LearnerKind kind, AuditInput input)
    {
        var trainers = context.BinaryClassification.Trainers;
        return kind switch
        {
            LearnerKind.FastTree => trainers.FastTree(input.LabelColumn, input.FeatureColumn),
            LearnerKind.LightGbm => trainers.LightGbm(new LightGbmBinaryTrainer.Options
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
