using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Tests.Networks.Trajectory;

/// <summary>What the derivative is for: validation losses, real flips, neurons that are dead.</summary>
[TestClass]
public sealed class TrajectoryReactionTests
{
    [TestMethod]
    public void Compute_ValidationLoss_EqualsCentralDifferences()
    {
        const float Step = 1f / (1 << 20);
        var problem = RandomProblem.Create(2, 6, [8, 6], rows: 37, validationRows: 19, options: new NetworkOptions { MaxEpochs = 15, Patience = 100 });
        double[] derivatives = Derivatives(problem, 0).Compute(problem.ValidationFeatures, [WalkTarget.ValidationLoss(15)], 1, CancellationToken.None)[0];
        double largest = derivatives.Max(Math.Abs);
        for (int label = 0; label < derivatives.Length; label++)
        {
            double expected = (ValidationLoss(problem, label, Step) - ValidationLoss(problem, label, -Step)) / (2 * Step);
            Assert.AreEqual(expected, derivatives[label], 1e-5 * largest);
        }
    }

    [TestMethod]
    public void Compute_DeadNeurons_GivesNumbers()
    {
        // Biases far below zero: no unit of the first layer is ever on, so that v stays 0 for all of its weights.
        var problem = RandomProblem.Create(5, 4, [6, 5], rows: 20, options: new NetworkOptions { MaxEpochs = 12, ValidationShare = 0 });
        float[] initial = [.. problem.Plan.InitialParameters];
        for (int unit = 0; unit < 6; unit++) initial[problem.Shape.WeightOffset(0) + (6 * 4) + unit] = -100;
        problem = problem with { Plan = new TrainingPlan(problem.Shape, initial, 20, 12, 5) };
        foreach (double smoothing in new[] { 0, 0.01 })
        {
            double[] derivatives = Derivatives(problem, smoothing).Compute(problem.TrainingFeatures, [new WalkTarget(12, 0)], 1, CancellationToken.None)[0];
            Assert.IsTrue(derivatives.All(double.IsFinite));
            Assert.IsTrue(derivatives.Any(derivative => derivative != 0), "the layers above still learn");
        }
    }

    [TestMethod]
    public void Compute_Smoothed_PredictsRealFlips()
    {
        var problem = RandomProblem.Create(8, 6, [12, 8], rows: 120, options: new NetworkOptions { MaxEpochs = 40, ValidationShare = 0 });
        double[] derivatives = Derivatives(problem, 0.01).Compute(problem.TrainingFeatures, [new WalkTarget(40, 3)], 1, CancellationToken.None)[0];
        using var trainer = ManagedTrainingEngine.Default.CreateTrainer(problem);
        float[] row = problem.TrainingFeatures.Row(3).ToArray();
        float before = trainer.Train([], CancellationToken.None).Network.Logit(row);
        double[] real = [.. Enumerable.Range(0, 120).Select(flip => (double)trainer.Train([flip], CancellationToken.None).Network.Logit(row) - before)];
        double[] predicted = [.. Enumerable.Range(0, 120).Select(flip => (1 - (2 * problem.TrainingLabels[flip])) * derivatives[flip])];
        double correlation = MathNet.Numerics.Statistics.Correlation.Pearson(real, predicted);
        Console.WriteLine($"correlation of predicted with real shifts: {correlation:F3}");
        Assert.IsGreaterThan(0.8, correlation);
    }

    private static TrajectoryDerivatives Derivatives(TrainingProblem problem, double smoothing)
        => new(problem, new ReluNetwork(problem.Shape, problem.Plan.InitialParameters), smoothing, 1L << 28, ManagedTrainingEngine.Default);

    private static double ValidationLoss(TrainingProblem problem, int label, float change)
    {
        float[] labels = [.. problem.TrainingLabels];
        labels[label] += change;
        using var trainer = new ScalarTrainer(problem with { TrainingLabels = labels });
        trainer.Train([], CancellationToken.None);
        return trainer.Network.MeanLoss(problem.ValidationFeatures, problem.ValidationLabels);
    }
}
