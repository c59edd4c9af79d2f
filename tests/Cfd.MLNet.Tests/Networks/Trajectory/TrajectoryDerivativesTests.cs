using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Tests.Networks.Trajectory;

/// <summary>
/// The walk back against central differences of the float64 oracle: labels are moved a little both ways and the network is trained
/// again, smoothing off.
/// </summary>
[TestClass]
public sealed class TrajectoryDerivativesTests
{
    private const float LabelStep = 1f / (1 << 20);

    [TestMethod]
    [DataRow(1, new[] { 5 }, null, 20)]
    [DataRow(2, new[] { 8, 6 }, null, 20)]
    [DataRow(3, new[] { 20, 17 }, null, 40)]
    [DataRow(5, new[] { 8, 6 }, 8, 4)]
    [DataRow(6, new[] { 33, 18 }, 5, 3)]
    [DataRow(7, new[] { 6, 5, 4 }, 37, 10)]
    [DataRow(14, new[] { 7, 6, 5 }, null, 15)]
    [DataRow(24, new[] { 7, 6, 5 }, null, 15)]
    [DataRow(34, new[] { 7, 6, 5 }, 10, 5)]
    public void Compute_WithoutSmoothing_EqualsCentralDifferences(int seed, int[] hidden, int? batchSize, int epochs)
        => RequireEqual(RandomProblem.Create(
            seed, 6, hidden, rows: 37, options: new NetworkOptions { BatchSize = batchSize, MaxEpochs = epochs, ValidationShare = 0 }));

    private static void RequireEqual(TrainingProblem problem)
    {
        var random = SeededRandom.ForStream(9, (RandomStream)9);
        var testRows = RandomProblem.Features(ref random, 3, 6);
        int steps = problem.Options.MaxEpochs * problem.StepsPerEpoch;
        var derivatives = new TrajectoryDerivatives(problem, new ReluNetwork(problem.Shape, problem.Plan.InitialParameters), 0, 1 << 28, ManagedTrainingEngine.Default)
            .Compute(testRows, [.. Enumerable.Range(0, 3).Select(row => new WalkTarget(steps, row))], 2, CancellationToken.None);
        for (int row = 0; row < 3; row++)
        {
            double[] expected = [.. Enumerable.Range(0, problem.TrainingLabels.Length).Select(label => CentralDifference(problem, testRows, row, label))];
            double scale = expected.Max(Math.Abs);
            double worst = expected.Zip(derivatives[row], (wanted, got) => Math.Abs(wanted - got)).Max() / scale;
            using var oracle = new ScalarTrainer(problem);
            oracle.Train([], CancellationToken.None);
            Console.WriteLine($"row {row}: largest {scale:E2}, error {worst:E2}; nearest kink {oracle.Network.SmallestSum:E2}");
            Assert.IsLessThan(1e-5, worst);
        }
    }

    private static double CentralDifference(TrainingProblem problem, FeatureMatrix testRows, int row, int label)
        => (Logit(problem, testRows, row, label, LabelStep) - Logit(problem, testRows, row, label, -LabelStep)) / (2 * LabelStep);

    private static double Logit(TrainingProblem problem, FeatureMatrix testRows, int row, int label, float change)
    {
        float[] labels = [.. problem.TrainingLabels];
        labels[label] += change;
        using var trainer = new ScalarTrainer(problem with { TrainingLabels = labels });
        trainer.Train([], CancellationToken.None);
        return trainer.Network.Forward(testRows.Row(row));
    }
}
