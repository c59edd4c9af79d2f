using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

[TestClass]
public sealed class ActivationPatternTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(63, 1)]
    [DataRow(64, 1)]
    [DataRow(65, 2)]
    [DataRow(128, 2)]
    [DataRow(129, 3)]
    public void PatternWords_AnyWidth_IsRoundedUpTo64(int width, int words)
        => Assert.AreEqual(words, ReluNetwork.PatternWords(width));

    [TestMethod]
    public void ActivationPattern_TwoLayers_StartsANewWordForEach()
    {
        // Units of the first layer: x, -x, 1 + x. Of the second: their sum, minus their sum.
        float[] parameters = [1, -1, 1, 0, 0, 1, 1, 1, 1, -1, -1, -1, 0, 0, 1, 1, 0];
        var network = new ReluNetwork(new NetworkShape(1, [3, 2]), parameters);
        Assert.AreEqual(2, network.ActivationPatternLength);
        CollectionAssert.AreEqual(new[] { 0b101UL, 0b01UL }, Pattern(network, 2));
        CollectionAssert.AreEqual(new[] { 0b010UL, 0b01UL }, Pattern(network, -2));
        CollectionAssert.AreEqual(new[] { 0b100UL, 0b01UL }, Pattern(network, 0), "a sum of exactly zero is off");
    }

    [TestMethod]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(130)]
    public void ActivationPattern_WideLayer_HasOneBitPerUnit(int width)
    {
        // Unit u is on where u is a multiple of three: its bias decides alone.
        float[] biases = [.. Enumerable.Range(0, width).Select(unit => unit % 3 == 0 ? 1f : -1f)];
        float[] parameters = [.. new float[width], .. biases, .. new float[width + 1]];
        ulong[] pattern = Pattern(new ReluNetwork(new NetworkShape(1, [width]), parameters), 5);
        for (int unit = 0; unit < 64 * pattern.Length; unit++)
            Assert.AreEqual(unit < width && unit % 3 == 0, (pattern[unit / 64] >> (unit % 64) & 1) == 1, $"unit {unit}");
    }

    /// <summary>Asked into a buffer full of old bits, which it must overwrite.</summary>
    private static ulong[] Pattern(ReluNetwork network, float feature)
    {
        var pattern = new ulong[network.ActivationPatternLength];
        Array.Fill(pattern, ulong.MaxValue);
        network.ActivationPattern([feature], pattern);
        return pattern;
    }
}
