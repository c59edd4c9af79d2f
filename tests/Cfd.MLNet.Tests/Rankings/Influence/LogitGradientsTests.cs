using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Influence;
using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.Tests.Rankings.Influence;

/// <summary>Gradients of the logit against differences of the scalar oracle.</summary>
[TestClass]
public sealed class LogitGradientsTests
{
    [TestMethod]
    [DataRow(3, new[] { 4 })]
    [DataRow(7, new[] { 1 })]
    [DataRow(5, new[] { 6, 3 })]
    [DataRow(9, new[] { 17, 8 })]
    [DataRow(4, new[] { 5, 9, 3 })]
    [DataRow(4, new[] { 8, 8, 8, 8 })]
    public void Gradient_EveryRowAndParameter_IsThatOfDifferences(int inputs, int[] hidden)
    {
        var sample = InfluenceSample.Create(inputs, hidden, rows: 11);
        var gradients = new LogitGradients(sample.Network, sample.Features, workers: 2);
        var expected = sample.Gradients();
        var oracle = new ScalarNetwork(sample.Network.Shape, sample.Network.Parameters);
        var actual = new double[sample.Parameters];
        for (int row = 0; row < sample.Rows; row++)
        {
            gradients.Gradient(row, actual);
            for (int i = 0; i < actual.Length; i++) Assert.AreEqual(expected[row, i], actual[i], 1e-8, $"row {row}, parameter {i}");
            Assert.AreEqual(actual.Sum(part => part * part), gradients.SquaredNorm(row), 1e-10 * Math.Max(1, gradients.SquaredNorm(row)));
            Assert.AreEqual(oracle.Forward(sample.Features.Row(row)), gradients.Logits[row], 1e-12);
            Assert.AreEqual(sample.Probabilities()[row], gradients.Probability(row), 1e-12);
        }
    }

    [TestMethod]
    public void Gradient_DeadUnits_IsZeroForTheirParameters()
    {
        var sample = InfluenceSample.Create(6, [7, 5], rows: 9, deadUnits: 2);
        var gradients = new LogitGradients(sample.Network, sample.Features, workers: 1);
        var expected = sample.Gradients();
        var actual = new double[sample.Parameters];
        for (int row = 0; row < sample.Rows; row++)
        {
            gradients.Gradient(row, actual);
            for (int input = 0; input < 2 * 6; input++) Assert.AreEqual(0, actual[input]);
            for (int i = 0; i < actual.Length; i++) Assert.AreEqual(expected[row, i], actual[i], 1e-8);
        }
    }

    [TestMethod]
    public void Gradient_SumExactlyAtTheKink_CountsAsOff()
    {
        // One unit whose sum is 0 for the row (1): W = 2, b = -2; then a logit of weight 3.
        var network = new ReluNetwork(new NetworkShape(1, [1]), [2, -2, 3, 0.5f]);
        var gradients = new LogitGradients(network, Cfd.MLNet.Data.FeatureMatrix.FromRows([new float[] { 1 }]), workers: 1);
        var actual = new double[4];
        gradients.Gradient(0, actual);
        CollectionAssert.AreEqual(new double[] { 0, 0, 0, 1 }, actual);
    }

    [TestMethod]
    public void Create_OtherFeatures_IsRefused()
    {
        var sample = InfluenceSample.Create(6, [7], rows: 9);
        var other = InfluenceSample.Create(5, [7], rows: 9);
        Assert.Contains("takes 6 features, not 5", Assert.ThrowsExactly<ArgumentException>(() => new LogitGradients(sample.Network, other.Features, 1)).Message);
    }
}
