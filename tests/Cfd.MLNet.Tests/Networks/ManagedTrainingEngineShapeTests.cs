using Cfd.MLNet.Common;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>Every shape of network that tiles might cut wrongly, against the oracle. 13 rows: three tiles of four and one row.</summary>
[TestClass]
public sealed class ManagedTrainingEngineShapeTests
{
    private const int Rows = 13;

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_EveryNumberOfInputs_AgreesWithOracle(string bits)
    {
        for (int inputs = 1; inputs <= 70; inputs++) Check(bits, inputs, inputs, [6, 5]);
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_EveryWidthOfTheOnlyLayer_AgreesWithOracle(string bits)
    {
        for (int width = 1; width <= 40; width++) Check(bits, 100 + width, 5, [width]);
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_EveryWidthBelowAndAboveAnotherLayer_AgreesWithOracle(string bits)
    {
        for (int width = 1; width <= 40; width++)
        {
            Check(bits, 200 + width, 5, [width, 7]);
            Check(bits, 300 + width, 5, [7, width]);
            Check(bits, 400 + width, 5, [7, width, 6]);
        }
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_EveryNumberOfLayers_AgreesWithOracle(string bits)
    {
        for (int layers = 1; layers <= 6; layers++) Check(bits, 500 + layers, 5, [.. Enumerable.Repeat(6, layers)]);
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_ManyCombinations_AgreesWithOracle(string bits)
    {
        var random = new SeededRandom(20260101);
        for (int sample = 0; sample < 150; sample++)
        {
            int inputs = 1 + random.NextInt32(70);
            int[] hidden = new int[1 + random.NextInt32(4)];
            for (int layer = 0; layer < hidden.Length; layer++) hidden[layer] = 1 + random.NextInt32(40);
            Check(bits, 1000 + sample, inputs, hidden, rows: 1 + random.NextInt32(40));
        }
    }

    private static void Check(string bits, long seed, int inputs, int[] hidden, int rows = Rows)
        => OracleComparison.Draw(seed, inputs, hidden, rows).Check(Engines.Managed(bits));
}
