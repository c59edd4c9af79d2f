using System.Diagnostics;
using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// What the default audit finds with any learner, beside every admissible label tried: <c>-- coverage german 11-13 100 FastTree,Lbfgs</c>, that is
/// set, splits, test rows and learners. m = 1; unflipped refits are the same, as trainers run on one thread (GAM in 300 steps of 0.06 in place of 9,500 of 0.002, which take 16 seconds a fit). Below, how often rows that the default gave up
/// do have a counterfactual dataset, beside the chance of it that it told.
/// </summary>
internal static class CoverageCommand
{
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> Trainers = new()
    {
        ["FastTree"] = context => context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["FastForest"] = context => context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["LightGbm"] = context => context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, Deterministic = true }),
        ["Gam"] = context => context.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 300, LearningRate = 0.06 }),
        ["Lbfgs"] = context => context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["Sdca"] = context => context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
        ["AveragedPerceptron"] = context => context.BinaryClassification.Trainers.AveragedPerceptron(),
        ["LinearSvm"] = context => context.BinaryClassification.Trainers.LinearSvm(),
    };

    /// <summary>Upper ends of the chances that are told together.</summary>
    private static readonly double[] Chances = [0.005, 0.02, 0.05, 0.2, 1];

    public static int Run(string[] arguments)
    {
        if (arguments is not [var set, var splits, var rows, var learners])
        {
            Console.Error.WriteLine($"Usage: -- coverage SET FIRST-LAST ROWS LEARNERS, e.g. german 11-13 100 FastTree,Lbfgs. Learners: ReluNetwork, {string.Join(", ", Trainers.Keys)}.");
            return 1;
        }

        int[] drawn = Arguments.Range(splits, "FIRST-LAST");
        int count = Arguments.Count(rows, "ROWS");
        Console.WriteLine("| set, split | learner | rows that passed | with a CFD | found by default | retrains | of | seconds |");
        Console.WriteLine("| --- | --- | --: | --: | --: | --: | --: | --: |");
        var givenUp = new List<(double Chance, bool HasOne)>();
        foreach (string learner in learners.Split(','))
        {
            foreach (int split in drawn) givenUp.AddRange(Measure(set, split, count, learner));
        }

        Console.WriteLine();
        Console.WriteLine("| chance told of rows given up | rows | mean chance | with a CFD |");
        Console.WriteLine("| --- | --: | --: | --: |");
        foreach (var group in givenUp.GroupBy(row => Chances.First(end => row.Chance <= end)).OrderBy(group => group.Key))
            Console.WriteLine($"| up to {group.Key:P1} | {group.Count()} | {group.Average(row => row.Chance):P1} | {group.Count(row => row.HasOne) / (double)group.Count():P1} |");

        return 0;
    }

    private static IEnumerable<(double Chance, bool HasOne)> Measure(string set, int split, int rows, string name)
    {
        var data = FairnessDatasetCatalog.Load(set);
        var context = new MLContext(split);
        var (train, validation, test) = data.Split(split);
        var catalog = context.CounterfactualDatasets();
        var learner = name == "ReluNetwork"
            ? catalog.Learners.ReluNetwork(data.Preparation(context), new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs, Seed = split }, validation)
            : catalog.Learners.Estimator(fresh => data.Preparation(fresh).Append(Trainers[name](fresh)), split);
        var options = new AuditOptions
        {
            LabelColumnName = FairnessDataset.LabelColumn,
            ProtectedColumnName = data.ProtectedColumn,
            Budget = FlipBudget.OfRows(1),
            SearchSeed = split,
        };
        using var prepared = catalog.PrepareAudit(learner, train, context.Data.TakeRows(test, rows), options);
        var truth = prepared.Run(options with { Schedule = Schedule.Exhaustive, Ranking = Ranking.Random, Harvest = true }).Report;
        long started = Stopwatch.GetTimestamp();
        var report = prepared.Run(options).Report;
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        int flips = truth.Rows.Where(row => row.AdmittedRowCount > 0)
            .DistinctBy(row => (row.Group, row.PredictedLabel)).Sum(row => row.AdmittedRowCount);
        Console.WriteLine(
            $"| {set} {split} | {name} | {truth.Summary.Share.Total} | {truth.Summary.Found} | {report.Summary.Found} | {report.Summary.UniqueRetrains} | {flips} | {seconds:F1} |");
        return from row in report.Rows
               where row.Outcome is CounterfactualOutcome.NotFound or CounterfactualOutcome.RuledOut && row.UntriedChance is not null
               select (row.UntriedChance!.Value, truth.Rows.Single(other => other.Position == row.Position).Outcome == CounterfactualOutcome.Found);
    }
}
