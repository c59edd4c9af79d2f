using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

[TestClass]
public sealed unsafe class NetworkLayoutTests
{
    [TestMethod]
    public void Pack_AfterUnpack_GivesEveryParameterBack()
    {
        var random = new SeededRandom(91);
        for (int sample = 0; sample < 100; sample++)
        {
            int[] hidden = new int[1 + random.NextInt32(4)];
            for (int layer = 0; layer < hidden.Length; layer++) hidden[layer] = 1 + random.NextInt32(40);
            var layout = new NetworkLayout(new NetworkShape(1 + random.NextInt32(70), hidden));
            float[] packed = Numbered(layout.Shape.ParameterCount), unpacked = new float[layout.Size];
            fixed (float* parameters = unpacked)
            {
                layout.Unpack(packed, parameters);
                Numbers.AreSameBits(packed, layout.Pack(parameters), $"{layout.Shape.Inputs}-{string.Join('-', hidden)}");
            }

            Assert.AreEqual(packed.Length, unpacked.Count(parameter => parameter != 0), "padding stays zero");
        }
    }

    [TestMethod]
    public void Unpack_SmallNetwork_PutsWeightsInputMajorAndBiasesBehind()
    {
        // PyTorch's order: hidden weights [2, 3] 1-6, hidden biases 7-8, output weights 9-10, output bias 11.
        var layout = new NetworkLayout(new NetworkShape(3, [2]));
        var unpacked = new float[layout.Size];
        fixed (float* parameters = unpacked) layout.Unpack(Numbered(11), parameters);
        Assert.AreEqual((4, 16), (layout.Inputs(0), layout.Width(0)));
        Numbers.AreSameBits([1, 4, 0], unpacked.AsSpan(layout.Weights(0), 3), "weights of input 0");
        Numbers.AreSameBits([2, 5, 0], unpacked.AsSpan(layout.Weights(0) + 16, 3), "weights of input 1");
        Numbers.AreSameBits([3, 6, 0], unpacked.AsSpan(layout.Weights(0) + 32, 3), "weights of input 2");
        Numbers.AreSameBits(new float[16], unpacked.AsSpan(layout.Weights(0) + 48, 16), "padding of the inputs");
        Numbers.AreSameBits([7, 8, 0], unpacked.AsSpan(layout.Biases(0), 3), "biases");
        Numbers.AreSameBits([9, 10, 0], unpacked.AsSpan(layout.OutputWeights, 3), "output weights");
        Numbers.AreSameBits([11, 0], unpacked.AsSpan(layout.OutputBias, 2), "output bias");
    }

    [TestMethod]
    public void Size_AnyShape_IsAMultipleOfSixteenAsIsEveryStart()
    {
        for (int width = 1; width <= 40; width++)
        {
            var layout = new NetworkLayout(new NetworkShape(width + 3, [width, 41 - width]));
            int[] starts =
            [
                layout.Weights(0), layout.Biases(0), layout.Weights(1), layout.Biases(1),
                layout.OutputWeights, layout.OutputBias, layout.Size,
            ];
            foreach (int start in starts) Assert.AreEqual(0, start % 16, $"width {width}");
        }
    }

    [TestMethod]
    public void WeightOffset_EachLayer_CountsTheParametersBelow()
    {
        var shape = new NetworkShape(5, [4, 3, 2]);
        Assert.AreEqual((0, 24, 39, 47), (shape.WeightOffset(0), shape.WeightOffset(1), shape.WeightOffset(2), shape.WeightOffset(3)));
        Assert.AreEqual((5, 4, 3, 2), (shape.InputsOf(0), shape.InputsOf(1), shape.InputsOf(2), shape.InputsOf(3)));
        Assert.AreEqual(50, shape.ParameterCount);
    }

    [TestMethod]
    public void Constructor_MoreParametersThanAnArrayHolds_Throws()
        => Assert.ThrowsExactly<OverflowException>(() => new NetworkShape(1_000_000, [4096]));

    private static float[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => (float)number)];
}
