using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>The training loop allocates nothing: only the result, whose size the epochs do not change.</summary>
[TestClass]
public sealed class AllocationTests
{
    [TestMethod]
    [DataRow("128", null, 0)]
    [DataRow("256", null, 0)]
    [DataRow("512", null, 0)]
    [DataRow("256", null, 30)]
    [DataRow("128", 16, 30)]
    [DataRow("256", 16, 30)]
    [DataRow("512", 16, 30)]
    public void Train_HundredEpochs_AllocatesWhatOneEpochDoes(string bits, int? batchSize, int validationRows)
    {
        var options = new NetworkOptions { BatchSize = batchSize, Patience = 100, MaxEpochs = 100 };
        var problem = RandomProblem.Create(61, 20, [17, 9], rows: 70, validationRows, options);
        using var one = Engines.Managed(bits).CreateTrainer(problem with { Options = options with { MaxEpochs = 1 } });
        using var hundred = Engines.Managed(bits).CreateTrainer(problem);
        // The first training compiles the code and makes the plan's orders of rows, which are kept for all trainers.
        Allocated(one);
        Allocated(hundred);
        Assert.AreEqual(Allocated(one), Allocated(hundred));
    }

    private static long Allocated(ITrainer trainer)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Train([3, 5], CancellationToken.None);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
