using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>One row by scalar code and many rows by kernels are the same numbers, bit for bit.</summary>
[TestClass]
public sealed class ReluNetworkTests
{
    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Logit_ManyShapesAndRowCounts_HasTheBitsOfTheKernels(string bits)
    {
        var engine = Engines.Managed(bits);
        var random = new SeededRandom(51);
        int positive = 0, negative = 0;
        for (int sample = 0; sample < 300; sample++)
        {
            int[] hidden = new int[1 + random.NextInt32(4)];
            for (int layer = 0; layer < hidden.Length; layer++) hidden[layer] = 1 + random.NextInt32(75);
            var network = Network(sample, 1 + random.NextInt32(70), hidden);
            var features = RandomProblem.Features(ref random, random.NextInt32(70), network.Shape.Inputs);
            var logits = new float[features.Rows];
            engine.Logits(network, features, logits);
            var expected = new float[features.Rows];
            for (int row = 0; row < expected.Length; row++) expected[row] = network.Logit(features.Row(row));
            Numbers.AreSameBits(expected, logits, $"{network.Shape.Inputs}-{string.Join('-', hidden)}, {features.Rows} rows");
            positive += logits.Count(logit => logit > 0);
            negative += logits.Count(logit => logit < 0);
        }

        Assert.IsGreaterThan(1000, Math.Min(positive, negative), "The sample must contain logits of either sign.");
    }

    [TestMethod]
    public void Logit_EveryLastWidth_HasTheBitsOfTheKernels()
    {
        var random = new SeededRandom(52);
        for (int width = 1; width <= 70; width++)
        {
            var network = Network(1000 + width, 5, [width]);
            var features = RandomProblem.Features(ref random, 9, 5);
            var logits = new float[features.Rows];
            Engines.Managed("256").Logits(network, features, logits);
            for (int row = 0; row < features.Rows; row++)
                Numbers.AreSameBits([network.Logit(features.Row(row))], [logits[row]], $"width {width}, row {row}");
        }
    }

    [TestMethod]
    [DataRow(511)]
    [DataRow(512)]
    [DataRow(513)]
    public void Logit_LayersTooWideForTheStack_HasTheBitsOfTheKernels(int width)
    {
        var random = new SeededRandom(53);
        var network = Network(2000 + width, 7, [width, 3, width]);
        var features = RandomProblem.Features(ref random, 3, 7);
        var logits = new float[features.Rows];
        Engines.Managed("256").Logits(network, features, logits);
        for (int row = 0; row < features.Rows; row++)
            Numbers.AreSameBits([network.Logit(features.Row(row))], [logits[row]], $"row {row}");
    }

    [TestMethod]
    public void Logit_AnyNetwork_AgreesWithOracle()
    {
        var random = new SeededRandom(54);
        for (int sample = 0; sample < 50; sample++)
        {
            var network = Network(3000 + sample, 1 + random.NextInt32(30), [1 + random.NextInt32(30), 1 + random.NextInt32(30)]);
            var oracle = new ScalarNetwork(network.Shape, network.Parameters);
            var features = RandomProblem.Features(ref random, 5, network.Shape.Inputs);
            for (int row = 0; row < features.Rows; row++)
                Assert.AreEqual(oracle.Forward(features.Row(row)), network.Logit(features.Row(row)), 1e-6);
        }
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Logits_NaNFeature_IsNaNInItsRowAlone(string bits)
    {
        var random = new SeededRandom(57);
        var network = Network(5000, 6, [20, 11]);
        var features = RandomProblem.Features(ref random, 40, 6);
        features.Row(33)[2] = float.NaN;
        var logits = new float[40];
        Engines.Managed(bits).Logits(network, features, logits);
        for (int row = 0; row < 40; row++) Assert.AreEqual(row == 33, float.IsNaN(logits[row]), $"row {row}");
        Assert.IsTrue(float.IsNaN(network.Logit(features.Row(33))));
    }

    [TestMethod]
    public void Logits_SliceOfRows_HasTheBitsOfTheWhole()
    {
        var random = new SeededRandom(55);
        var network = Network(4000, 9, [20, 11]);
        var features = RandomProblem.Features(ref random, 75, 9);
        float[] whole = new float[75], part = new float[38];
        Engines.Managed("256").Logits(network, features, whole);
        Engines.Managed("256").Logits(network, features.Slice(5, 38), part);
        Numbers.AreSameBits(whole.AsSpan(5, 38), part, "slice");
    }

    [TestMethod]
    public void Logits_WrongNumberOfFeatures_ThrowsNamingBoth()
    {
        var random = new SeededRandom(56);
        var features = RandomProblem.Features(ref random, 2, 4);
        var network = Network(1, 5, [3]);
        var error = Assert.ThrowsExactly<ArgumentException>(() => Engines.Managed("256").Logits(network, features, new float[2]));
        Assert.Contains("takes 5 features, not 4", error.Message);
    }

    [TestMethod]
    public void Constructor_WrongNumberOfParameters_ThrowsNamingBoth()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new ReluNetwork(new NetworkShape(2, [3]), new float[12]));
        Assert.Contains("has 13 parameters, not 12", error.Message);
    }

    private static ReluNetwork Network(long seed, int inputs, int[] hidden)
    {
        var shape = new NetworkShape(inputs, hidden);
        return new ReluNetwork(shape, TrainingPlan.Create(shape, rows: 0, maxEpochs: 0, seed).InitialParameters);
    }
}
