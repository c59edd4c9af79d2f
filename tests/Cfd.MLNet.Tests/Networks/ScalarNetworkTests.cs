using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>The oracle's own proof: its gradient is the slope of its loss.</summary>
[TestClass]
public sealed class ScalarNetworkTests
{
    private const double Step = 1e-6;

    [TestMethod]
    [DataRow(1, new[] { 1 })]
    [DataRow(3, new[] { 7 })]
    [DataRow(6, new[] { 5, 3 })]
    [DataRow(4, new[] { 9, 1 })]
    [DataRow(5, new[] { 4, 7, 3 })]
    [DataRow(2, new[] { 6, 5, 6, 3 })]
    public void Gradient_HardAndSoftLabels_AgreesWithCentralDifferences(int inputs, int[] hidden)
    {
        float[][] labelings = [[0, 1, 1, 0, 1], [0.25f, 0.5f, 1, 0, 0.9f]];
        foreach (float[] labels in labelings)
        {
            var problem = AwayFromKinks(inputs, hidden, labels.Length);
            var network = new ScalarNetwork(problem.Shape, problem.Plan.InitialParameters);
            double[] gradient = network.Gradient(problem.TrainingFeatures, labels, [0, 1, 2, 3, 4]);
            var slopes = new double[gradient.Length];
            for (int i = 0; i < slopes.Length; i++)
            {
                double parameter = network.Parameters[i];
                network.Parameters[i] = parameter + Step;
                double above = network.MeanLoss(problem.TrainingFeatures, labels);
                network.Parameters[i] = parameter - Step;
                double below = network.MeanLoss(problem.TrainingFeatures, labels);
                network.Parameters[i] = parameter;
                slopes[i] = (above - below) / (2 * Step);
            }

            Numbers.AreNear(slopes, gradient, $"{inputs} inputs, {string.Join('-', hidden)}", absolute: 1e-9);
        }
    }

    [TestMethod]
    public void Gradient_SomeRows_IsTheMeanOverThoseRows()
    {
        var problem = RandomProblem.Create(3, 4, [5], rows: 6);
        var network = new ScalarNetwork(problem.Shape, problem.Plan.InitialParameters);
        double[] first = network.Gradient(problem.TrainingFeatures, problem.TrainingLabels, [1]);
        double[] second = network.Gradient(problem.TrainingFeatures, problem.TrainingLabels, [4]);
        double[] both = network.Gradient(problem.TrainingFeatures, problem.TrainingLabels, [4, 1]);
        Numbers.AreNear([.. first.Zip(second, (a, b) => (a + b) / 2)], both, "mean", absolute: 1e-15);
    }

    [TestMethod]
    [DataRow(0.0, 0.5)]
    [DataRow(1.5, 1.0)]
    [DataRow(-2.5, 0.0)]
    [DataRow(0.7, 0.3)]
    public void Loss_AnyLabel_IsCrossEntropy(double logit, double label)
    {
        double probability = 1 / (1 + Math.Exp(-logit));
        double expected = -(label * Math.Log(probability)) - ((1 - label) * Math.Log(1 - probability));
        Assert.AreEqual(expected, ScalarNetwork.Loss(logit, label), 1e-14);
    }

    /// <summary>A central difference across the kink of a ReLU is no slope; so draw until none is near, and no layer is dead.</summary>
    private static TrainingProblem AwayFromKinks(int inputs, int[] hidden, int rows)
    {
        for (int seed = 1; ; seed++)
        {
            var problem = RandomProblem.Create(seed, inputs, hidden, rows);
            var network = new ScalarNetwork(problem.Shape, problem.Plan.InitialParameters);
            double[] gradient = network.Gradient(problem.TrainingFeatures, problem.TrainingLabels, [0, 1, 2, 3, 4]);
            if (network.SmallestSum > 100 * Step && gradient[0] != 0) return problem;
        }
    }
}
