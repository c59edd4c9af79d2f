using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
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

    /// <summary>The learner; ML.NET's own trainers keep their defaults, but for the number of threads: fits run side by side, so that each has one.</summary>
    public static Learner Create(CounterfactualDatasetCatalog cfd, AuditPlan plan)
    {
        var input = plan.Input;
        string name = plan.Settings.Learner;
        if (name == Network) return cfd.Learners.ReluNetwork(input.Preparation, plan.Network, input.Validation);
        return cfd.Learners.Estimator(context => input.Preparation.Append(Trainer(context, name, input.LabelColumn, input.FeatureColumn)), plan.Network.Seed)
            .WithRecipe(RecipeOf(name), JsonSerializer.Serialize((string[])[input.LabelColumn, input.FeatureColumn]));
    }

    /// <summary>Lets a worker refit these learners. Audits send rows that are prepared already, so that the trainer is all that is built there.</summary>
    public static void AddTo(LearnerRecipes recipes)
    {
        foreach (string name in ByName.Keys.Where(name => name != Network))
        {
            recipes.Add(RecipeOf(name), (context, _, settings) => JsonSerializer.Deserialize<string[]>(settings) is [var label, var features]
                ? Trainer(context, name, label, features)
                : throw new InvalidDataException($"'{settings}' names no label and no features."));
        }
    }

    private static string RecipeOf(string learner) => $"cfd {learner}";

    private static IEstimator<ITransformer> Trainer(MLContext context, string name, string label, string features)
    {
        var trainers = context.BinaryClassification.Trainers;
        return name switch
        {
            "fasttree" => trainers.FastTree(new FastTreeBinaryTrainer.Options { LabelColumnName = label, FeatureColumnName = features, NumberOfThreads = 1 }),
            "lightgbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                LabelColumnName = label,
                FeatureColumnName = features,
                NumberOfThreads = 1,
            }),
            _ => trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = label,
                FeatureColumnName = features,
                NumberOfThreads = 1,
            }),
        };
    }
}
