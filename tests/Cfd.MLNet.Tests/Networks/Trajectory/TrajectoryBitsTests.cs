using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Kernels;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Tests.Networks.Trajectory;

/// <summary>The same bits however the walk is organised: registers, workers, neighbours, checkpoints.</summary>
[TestClass]
public sealed class TrajectoryBitsTests
{
    private const int Rows = 21;

    [TestMethod]
    [DataRow(null)]
    [DataRow(7)]
    public void Compute_AnyWidth_GivesTheSameBits(int? batchSize)
    {
        var problem = Problem(batchSize);
        double[][] expected = Compute(problem, Enumerable.Range(0, Rows), 1, 1L << 30, "128");
        foreach (string bits in new[] { "256", "512" }) RequireSame(expected, Compute(problem, Enumerable.Range(0, Rows), 1, 1L << 30, bits));
    }

    [TestMethod]
    public void Compute_AnyWorkersAndNeighbours_GivesTheSameBits()
    {
        var problem = Problem(null);
        double[][] together = Compute(problem, Enumerable.Range(0, Rows), 1, 1L << 30, "512");
        RequireSame(together, Compute(problem, Enumerable.Range(0, Rows), 4, 1L << 30, "512"));
        RequireSame([together[5]], Compute(problem, [5], 1, 1L << 30, "512"));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(7)]
    public void Compute_WithCheckpoints_GivesTheSameBits(int? batchSize)
    {
        var problem = Problem(batchSize);
        int steps = Steps(problem);
        long memory = TrajectoryPlan.Bytes(problem, TrajectoryPlan.Create(problem, steps, Rows, 1, 1L << 30)) - 1;
        Assert.IsGreaterThan(1, TrajectoryPlan.Create(problem, steps, Rows, 1, memory).Segments, "little memory means checkpoints");
        Assert.AreEqual(1, TrajectoryPlan.Create(problem, steps, Rows, 1, 1L << 30).Segments);
        RequireSame(Compute(problem, Enumerable.Range(0, Rows), 1, 1L << 30, "256"), Compute(problem, Enumerable.Range(0, Rows), 1, memory, "256"));
    }

    [TestMethod]
    public void Bytes_NarrowNetwork_CountThePaddingThatIsTaken()
    {
        var problem = RandomProblem.Create(11, 7, [1], rows: 20, validationRows: 4, options: new NetworkOptions { MaxEpochs = 30 });
        int steps = Steps(problem);
        var plan = TrajectoryPlan.Create(problem, steps, Rows, 1, 1L << 30);
        // Weights, gradient and both moments before each step: 10 parameters, whose padding takes several times as much.
        long bytes = TrajectoryPlan.Bytes(problem, plan), unpadded = 4L * sizeof(float) * steps * problem.Shape.ParameterCount;
        Assert.IsGreaterThan(4 * unpadded, bytes);
        // A worker takes all its buffers from one block of that size, which refuses to give more.
        var layout = new NetworkLayout(problem.Shape);
        Assert.AreEqual(bytes, (sizeof(float) * (long)TrajectoryWalker<Lanes256>.ArenaSize(problem, layout, plan)) + (sizeof(double) * plan.RowsAtOnce * 20L));
        Assert.HasCount(Rows, Compute(problem, Enumerable.Range(0, Rows), 1, bytes, "256"));
    }

    [TestMethod]
    public void Create_TooLittleMemory_NamesWhatItTakesAndTheOption()
    {
        var problem = Problem(null);
        var failure = Assert.ThrowsExactly<ArgumentException>(() => TrajectoryPlan.Create(problem, Steps(problem), 4, 2, 1000));
        Assert.Contains("memoryBytes", failure.Message);
        Assert.Contains("MB", failure.Message);
    }

    [TestMethod]
    public void Compute_TargetsOfDifferentSteps_GivesEachWhatItGetsAlone()
    {
        var problem = Problem(null);
        WalkTarget[] targets = [new(30, 0), new(22, 1), WalkTarget.ValidationLoss(22), new(9, 2)];
        double[][] together = Derivatives(problem, "512").Compute(TestRows(), targets, 2, CancellationToken.None);
        for (int i = 0; i < targets.Length; i++)
            RequireSame([together[i]], Derivatives(problem, "512").Compute(TestRows(), [targets[i]], 1, CancellationToken.None));
    }

    [TestMethod]
    public void Compute_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Derivatives(Problem(null), "256").Compute(TestRows(), [new WalkTarget(10, 0)], 1, source.Token));
    }

    private static TrainingProblem Problem(int? batchSize) => RandomProblem.Create(
        11, 7, [19, 9], rows: 45, validationRows: 12, options: new NetworkOptions { BatchSize = batchSize, MaxEpochs = 30 });

    private static int Steps(TrainingProblem problem) => problem.Options.MaxEpochs * problem.StepsPerEpoch;

    private static FeatureMatrix TestRows()
    {
        var random = SeededRandom.ForStream(3, (RandomStream)3);
        return RandomProblem.Features(ref random, Rows, 7);
    }

    private static TrajectoryDerivatives Derivatives(TrainingProblem problem, string bits, long memory = 1L << 30)
        => new(problem, new ReluNetwork(problem.Shape, problem.Plan.InitialParameters), 0.01, memory, Engines.Managed(bits));

    private static double[][] Compute(TrainingProblem problem, IEnumerable<int> rows, int workers, long memory, string bits)
        => Derivatives(problem, bits, memory).Compute(
            TestRows(), [.. rows.Select(row => new WalkTarget(Steps(problem), row))], workers, CancellationToken.None);

    private static void RequireSame(double[][] expected, double[][] actual)
    {
        for (int i = 0; i < expected.Length; i++) CollectionAssert.AreEqual(expected[i], actual[i], $"target {i}");
    }
}
