using System.Runtime.Intrinsics;
using Cfd.MLNet.Common;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

/// <summary>The multiply-add by software against the runtime's, bit for bit.</summary>
[TestClass]
public sealed class SoftwareFmaTests
{
    private static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, 0.5f, 3f, 16777216f, 16777215f, 1.0000001f, 0.99999994f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, 1.1754942e-38f, 1e-40f, 1e-20f,
        float.MaxValue, float.MinValue, 1e20f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 5.9604645e-8f, 2.9802322e-8f, 8388608.5f,
    ];

    [TestMethod]
    public void Compute_SpecialNumbers_AreRoundedOnce()
    {
        foreach (float left in Special)
        {
            foreach (float right in Special)
            {
                foreach (float addend in Special) RequireSame(left, right, addend);
            }
        }
    }

    [TestMethod]
    public void Compute_RandomNumbers_AreRoundedOnce()
    {
        var random = new SeededRandom(1);
        for (int i = 0; i < 300_000; i++)
        {
            RequireSame(AnyBits(ref random), AnyBits(ref random), AnyBits(ref random));
            // Close to each other, where sums cancel; and few bits, where sums lie in the middle of two numbers.
            float left = (float)random.NextDouble(), right = (float)random.NextDouble();
            RequireSame(left, right, -left * right * (1 + ((float)(random.NextDouble() - 0.5) * 1e-6f)));
            RequireSame(random.NextInt32(4096) / 64f, 1 + (random.NextInt32(64) / 8388608f), random.NextInt32(1 << 24) * MathF.Pow(2, random.NextInt32(60) - 40));
            RequireSame(left * 1e-19f, right * 1e-19f, (float)random.NextDouble() * 1e-38f);
        }
    }

    private static float AnyBits(ref SeededRandom random) => BitConverter.UInt32BitsToSingle((uint)random.NextUInt64());

    private static void RequireSame(float left, float right, float addend)
    {
        float expected = MathF.FusedMultiplyAdd(left, right, addend);
        float actual = SoftwareFma.Compute(Vector128.Create(left, 1, 2, left), Vector128.Create(right, 1, 2, right), Vector128.Create(addend, 1, 2, addend))[3];
        Require(expected, actual, left, right, addend);
        Require(expected, SoftwareFma.Once(Vector128.Create(left), Vector128.Create(right), Vector128.Create(addend))[1], left, right, addend);
    }

    private static void Require(float expected, float actual, float left, float right, float addend)
    {
        if (float.IsNaN(expected) && float.IsNaN(actual)) return;
        Assert.AreEqual(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(actual), $"{left:R} * {right:R} + {addend:R}");
    }
}
