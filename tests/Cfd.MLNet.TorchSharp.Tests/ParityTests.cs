using System.Diagnostics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests;
using Cfd.MLNet.Tests.Networks;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>Full trainings of public sets on both engines: whose test predictions differ, and what a step costs.</summary>
[TestClass]
public sealed class ParityTests
{
    private const int Candidates = 64;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("german")]
    [DataRow("student")]
    public void Train_FullBatch_PredictsAsTheManagedEngineAndTheOracle(string dataset)
    {
        TorchEngines.Create();
        var (problem, test) = Load(dataset, batchSize: null);
        Assert.AreEqual(0, Compare(dataset, problem, test));
        var torch = TorchEngines.Engine().Train(problem);
        Assert.AreEqual(0, TorchEngines.Differing([new ScalarTrainingEngine().Train(problem)], [torch], test), "the oracle");
    }

    [TestMethod]
    [DataRow("german")]
    [DataRow("student")]
    public void Train_MiniBatches_PredictsNearlyAsTheManagedEngine(string dataset)
    {
        TorchEngines.Create();
        var (problem, test) = Load(dataset, batchSize: 32);
        Assert.IsLessThan(Candidates * test.Rows / 100, Compare(dataset, problem, test), "less than 1 %");
    }

    /// <summary>f and 63 candidates with one label flipped each: differing predictions over all of them.</summary>
    private int Compare(string dataset, TrainingProblem problem, FeatureMatrix test)
    {
        int[][] flipSets = [[], .. Enumerable.Range(0, Candidates - 1).Select(row => new[] { row * 5 })];
        int stepsAnEpoch = (problem.TrainingFeatures.Rows + problem.BatchRows - 1) / problem.BatchRows;
        var managed = Timed("managed", () => TorchEngines.TrainManaged(problem, flipSets));
        var stacked = Timed("stacks of 32", () => TorchEngines.TrainStacked(problem, flipSets, 32));
        int differing = TorchEngines.Differing(managed, stacked, test), all = Candidates * test.Rows;
        TestContext.WriteLine($"{dataset}, batches of {problem.BatchRows}: {differing} of {all} test predictions differ ({(double)differing / all:P3}).");
        return differing;

        TrainedNetwork[] Timed(string name, Func<TrainedNetwork[]> train)
        {
            train();
            var watch = Stopwatch.StartNew();
            var networks = train();
            double steps = networks.Sum(network => network.EpochsRun) * stepsAnEpoch;
            TestContext.WriteLine($"{dataset}, batches of {problem.BatchRows}, {name}: {watch.Elapsed.TotalMicroseconds / steps:F1} us a model-step");
            return networks;
        }
    }

    private static (TrainingProblem Problem, FeatureMatrix Test) Load(string dataset, int? batchSize)
    {
        var data = FairnessDatasetCatalog.Load(dataset, TestData.DataDirectory());
        var (train, validation, test) = data.Split(1);
        var preparation = data.Preparation(new MLContext(seed: 1)).Fit(train);
        var columns = new TableColumns(FairnessDataset.FeaturesColumn, FairnessDataset.LabelColumn, Protected: data.ProtectedColumn);
        var table = TableReader.Read(preparation.Transform(train), preparation.Transform(validation), columns, 0, 1, CancellationToken.None);
        var problem = TrainingProblem.Create(
            table.Features, table.Labels, table.ValidationFeatures, table.ValidationLabels, new NetworkOptions { BatchSize = batchSize });
        return (problem, TestRows.Read(preparation.Transform(test), table, CancellationToken.None).Features);
    }
}
