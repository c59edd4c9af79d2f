using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests.Networks;
using TorchSharp;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>No tensor outlives its trainer, and none gathers while one trains.</summary>
[TestClass]
public sealed class LeakTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Train_TenThousandTimes_LeavesNothingBehind()
    {
        var problem = RandomProblem.Create(
            41, 4, [3], rows: 12, validationRows: 6, new NetworkOptions { MaxEpochs = 3, Patience = 2, BatchSize = 5 });
        var engine = TorchEngines.Engine(4);
        using (var trainer = engine.CreateTrainer(problem)) trainer.TrainTogether([[], [1]], CancellationToken.None);
        long before = torch.Tensor.TotalCount;
        using (var trainer = engine.CreateTrainer(problem))
        {
            Train(trainer, 1_000);
            long tensors = torch.Tensor.TotalCount, bytes = ResidentBytes();
            Train(trainer, 10_000);
            Assert.AreEqual(tensors, torch.Tensor.TotalCount, "within one trainer");
            TestContext.WriteLine($"Resident memory grew by {(ResidentBytes() - bytes) >> 10} KB over 10,000 calls.");
            Assert.IsLessThan(16L << 20, ResidentBytes() - bytes);
        }

        Assert.AreEqual(before, torch.Tensor.TotalCount, "after the trainer");
        for (int i = 0; i < 1_000; i++)
        {
            using var trainer = engine.CreateTrainer(problem);
            Train(trainer, 2);
        }

        Assert.AreEqual(before, torch.Tensor.TotalCount, "after many trainers");
    }

    [TestMethod]
    public void CreateTrainer_InTheCallersDisposeScope_OutlivesIt()
    {
        var problem = RandomProblem.Create(42, 4, [3], rows: 12, validationRows: 6, new NetworkOptions { MaxEpochs = 3 });
        var engine = TorchEngines.Engine(4);
        ITrainer trainer;
        TrainedNetwork inside;
        using (torch.NewDisposeScope())
        {
            trainer = engine.CreateTrainer(problem);
            inside = trainer.Train([2], CancellationToken.None);
        }

        using (trainer) ProblemSample.AreSameBits(inside, trainer.Train([2], CancellationToken.None), "after the scope");
    }

    private static void Train(ITrainer trainer, int times)
    {
        for (int i = 0; i < times; i++) trainer.TrainTogether(i % 3 == 0 ? [[], [i % 12], [3]] : [[i % 12]], CancellationToken.None);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
