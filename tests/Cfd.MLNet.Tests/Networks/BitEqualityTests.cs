using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>A retrain is a pure function: the same bits on every register width and on any number of threads.</summary>
[TestClass]
public sealed class BitEqualityTests
{
    [TestMethod]
    public void Train_AnyVectorWidth_GivesTheSameBits()
    {
        int stoppedEarly = 0;
        foreach (var (problem, flippedRows) in ProblemSample.Draw(60, seed: 1))
        {
            var expected = Engines.Managed("128").Train(problem, flippedRows);
            ProblemSample.AreSameBits(expected, Engines.Managed("256").Train(problem, flippedRows), "256 bits");
            ProblemSample.AreSameBits(expected, Engines.Managed("512").Train(problem, flippedRows), "512 bits");
            if (expected.EpochsRun < problem.Options.MaxEpochs) stoppedEarly++;
        }

        Assert.IsGreaterThan(10, stoppedEarly, "The sample must contain trainings that stop early.");
    }

    [TestMethod]
    public void Default_IsOneOfTheTestedWidths()
        => Assert.Contains(ManagedTrainingEngine.Default.Width, [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512]);

    [TestMethod]
    public void Train_ManyTrainersAtOnce_GivesTheSameBitsAsOne()
    {
        const int Workers = 4, Candidates = 24;
        var options = new NetworkOptions { BatchSize = 16, MaxEpochs = 30, Patience = 5 };
        var alone = RandomProblem.Create(21, 20, [17, 9], rows: 90, validationRows: 30, options);
        var expected = new TrainedNetwork[Candidates];
        for (int candidate = 0; candidate < Candidates; candidate++) expected[candidate] = Engines.Managed("256").Train(alone, candidate);

        // A problem of its own, so that the threads also race to make the orders of rows.
        var shared = RandomProblem.Create(21, 20, [17, 9], rows: 90, validationRows: 30, options);
        var actual = new TrainedNetwork[Candidates];
        using var start = new Barrier(Workers);
        Task.WaitAll([.. Enumerable.Range(0, Workers).Select(worker =>
            Task.Factory.StartNew(() => Work(worker), default, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
        for (int candidate = 0; candidate < Candidates; candidate++)
            ProblemSample.AreSameBits(expected[candidate], actual[candidate], $"candidate {candidate}");

        void Work(int worker)
        {
            start.SignalAndWait();
            using var trainer = Engines.Managed("256").CreateTrainer(shared);
            for (int candidate = worker; candidate < Candidates; candidate += Workers)
                actual[candidate] = trainer.Train([candidate], CancellationToken.None);
        }
    }
}
