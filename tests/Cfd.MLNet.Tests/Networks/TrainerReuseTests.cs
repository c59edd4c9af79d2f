using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>Nothing of one retrain is left for the next: a reused trainer gives the bits of a fresh one.</summary>
[TestClass]
public sealed class TrainerReuseTests
{
    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_AfterOtherFlipSets_GivesTheBitsOfAFreshTrainer(string bits)
    {
        var engine = Engines.Managed(bits);
        foreach (var (problem, flippedRows) in ProblemSample.Draw(20, seed: 2))
        {
            var expected = engine.Train(problem, flippedRows);
            using var reused = engine.CreateTrainer(problem);
            reused.Train([problem.TrainingFeatures.Rows / 3], CancellationToken.None);
            ProblemSample.AreSameBits(expected, reused.Train(flippedRows, CancellationToken.None), "after another flip set");
            ProblemSample.AreSameBits(expected, reused.Train(flippedRows, CancellationToken.None), "once more");
            reused.Train([], CancellationToken.None);
            ProblemSample.AreSameBits(expected, reused.Train(flippedRows, CancellationToken.None), "after no flips");
        }
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(7)]
    public void Train_AfterACancelledTraining_GivesTheBitsOfAFreshTrainer(int? batchSize)
    {
        var options = new NetworkOptions { BatchSize = batchSize, MaxEpochs = 1000 };
        var problem = RandomProblem.Create(32, 40, [32, 32], rows: 120, options: options);
        var expected = Engines.Managed("256").Train(problem, 5);
        using var trainer = Engines.Managed("256").CreateTrainer(problem);
        CancelOnTheWay(trainer);
        ProblemSample.AreSameBits(expected, trainer.Train([5], CancellationToken.None), "after a cancelled training");
    }

    [TestMethod]
    public void Train_CancelledBeforehand_Throws()
    {
        var problem = RandomProblem.Create(31, 4, [5], rows: 10);
        using var trainer = Engines.Managed("256").CreateTrainer(problem);
        Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Train([], new CancellationToken(canceled: true)));
    }

    /// <summary>Cancels a training that runs; sooner and sooner, should the machine be done before.</summary>
    private static void CancelOnTheWay(ITrainer trainer)
    {
        for (double milliseconds = 16; ; milliseconds /= 2)
        {
            try
            {
                using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
                trainer.Train([3], cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
