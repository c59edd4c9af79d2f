using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests.Networks;
using TorchSharp;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>What is stacked with a candidate does not show in its answer.</summary>
[TestClass]
public sealed class StackTests
{
    [TestMethod]
    [DataRow(null, 1)]
    [DataRow(16, 1)]
    [DataRow(null, 2)]
    public void TrainTogether_StacksOfAnySize_GiveTheSameBits(int? batchSize, int threads)
    {
        TorchEngines.Create();
        torch.set_num_threads(threads);
        var problem = RandomProblem.Create(31, 12, [32, 32], rows: 90, validationRows: 40, Options(batchSize));
        int[][] flipSets = [.. Enumerable.Range(0, 33).Select(row => new[] { row, row + 40 })];
        var alone = TorchEngines.TrainStacked(problem, flipSets, 1);
        foreach (int stack in new[] { 2, 3, 4, 32 })
        {
            var stacked = TorchEngines.TrainStacked(problem, flipSets, stack);
            for (int i = 0; i < alone.Length; i++) ProblemSample.AreSameBits(alone[i], stacked[i], $"candidate {i} in stacks of {stack}");
        }

        torch.set_num_threads(1);
    }

    [TestMethod]
    public void TrainTogether_SameStackTwice_GivesTheSameBits()
    {
        var problem = RandomProblem.Create(32, 12, [32, 32], rows: 90, validationRows: 40, Options(16));
        int[][] flipSets = [.. Enumerable.Range(0, 8).Select(row => new[] { row })];
        var first = TorchEngines.TrainStacked(problem, flipSets, 8);
        var second = TorchEngines.TrainStacked(problem, flipSets, 8);
        for (int i = 0; i < first.Length; i++) ProblemSample.AreSameBits(first[i], second[i], $"candidate {i}");
    }

    [TestMethod]
    public void TrainTogether_EarlyStopping_IsEachCandidatesOwn()
    {
        var problem = RandomProblem.Create(72, 8, [32, 32], rows: 40, validationRows: 35, Options(null) with { LearningRate = 0.02 });
        int[][] flipSets = [.. Enumerable.Range(0, 16).Select(row => Enumerable.Range(row, row + 1).ToArray())];
        var expected = TorchEngines.TrainManaged(problem, flipSets);
        var stacked = TorchEngines.TrainStacked(problem, flipSets, 16);
        Assert.IsGreaterThan(3, expected.Select(network => network.EpochsRun).Distinct().Count(), "They must stop at different times.");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual((expected[i].BestEpoch, expected[i].EpochsRun), (stacked[i].BestEpoch, stacked[i].EpochsRun), $"candidate {i}");
            Assert.AreEqual(expected[i].ValidationLoss, stacked[i].ValidationLoss, 1e-5);
            var oracle = new ScalarNetwork(problem.Shape, stacked[i].Network.Parameters);
            Assert.AreEqual(oracle.MeanLoss(problem.ValidationFeatures, problem.ValidationLabels), stacked[i].ValidationLoss, 1e-6, "its weights");
        }
    }

    [TestMethod]
    public void Train_WholeTrainingsOfManyShapes_StopWhereTheManagedEngineStops()
    {
        int same = 0, all = 0;
        foreach (var (problem, flips) in ProblemSample.Draw(30, seed: 5))
        {
            var expected = ManagedTrainingEngine.Default.Train(problem, flips);
            var actual = TorchEngines.Engine().Train(problem, flips);
            Assert.HasCount(expected.Network.Parameters.Length, actual.Network.Parameters.ToArray());
            all++;
            if ((expected.BestEpoch, expected.EpochsRun) == (actual.BestEpoch, actual.EpochsRun)) same++;
        }

        Assert.IsGreaterThanOrEqualTo(all - 2, same, "Rounding may move the best epoch of few.");
    }

    [TestMethod]
    public void Train_Diverged_SaysSoAsTheManagedEngineDoes()
    {
        var problem = RandomProblem.Create(33, 5, [6], rows: 20, options: new NetworkOptions { LearningRate = 10, MaxEpochs = 30 });
        problem.TrainingFeatures.Row(3)[0] = float.MaxValue;
        var managed = Assert.ThrowsExactly<TrainingDivergedException>(() => ManagedTrainingEngine.Default.Train(problem));
        var engine = TorchEngines.Engine();
        var torch = Assert.ThrowsExactly<TrainingDivergedException>(() => engine.Train(problem));
        Assert.AreEqual(managed.Message, torch.Message);
    }

    [TestMethod]
    public void Train_Cancelled_StopsAndTheTrainerGoesOn()
    {
        var problem = RandomProblem.Create(34, 5, [6], rows: 20, validationRows: 10, Options(null));
        using var trainer = TorchEngines.Engine().CreateTrainer(problem);
        var before = trainer.Train([1], CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => trainer.Train([1], new CancellationToken(canceled: true)));
        ProblemSample.AreSameBits(before, trainer.Train([1], CancellationToken.None), "after a cancelled training");
    }

    private static NetworkOptions Options(int? batchSize) => new() { BatchSize = batchSize, MaxEpochs = 60, Patience = 5 };
}
