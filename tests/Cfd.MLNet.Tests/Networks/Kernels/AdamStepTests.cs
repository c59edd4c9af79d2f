using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

/// <summary>Adam's step against the published formula in float64, for gradients of all magnitudes.</summary>
[TestClass]
public sealed unsafe class AdamStepTests
{
    private const int Count = 64, Steps = 20;
    private static readonly AdamSettings Settings = new(0.005, 0.9, 0.999, 1e-8);

    [TestMethod]
    public void Apply_ManySteps_AgreesWithTheFormula()
    {
        float[] actual = Run<Lanes256>(out double[] expected);
        Numbers.AreNear(expected, Numbers.ToDoubles(actual), "parameters", absolute: 1e-6);
    }

    [TestMethod]
    public void Apply_AnyVectorWidth_GivesTheSameBits()
    {
        float[] expected = Run<Lanes256>(out _);
        Numbers.AreSameBits(expected, Run<Lanes128>(out _), "128 bits");
        Numbers.AreSameBits(expected, Run<Lanes512>(out _), "512 bits");
    }

    [TestMethod]
    public void Apply_NoGradient_LeavesParameters()
    {
        float[] parameters = [.. Enumerable.Range(0, 16).Select(i => i - 7.5f)], gradient = new float[16];
        gradient[3] = 2;
        Apply<Lanes256>(parameters, gradient, new float[16], new float[16], 0, 16, AdamConstants.ForStep(Settings, 0.9, 0.999));
        for (int i = 0; i < 16; i++) Assert.AreEqual(i != 3, parameters[i] == i - 7.5f, $"parameter {i}");
    }

    [TestMethod]
    public void Apply_PartOfTheParameters_LeavesTheOthers()
    {
        float[] parameters = new float[64], gradient = [.. Enumerable.Repeat(1f, 64)], m = new float[64], v = new float[64];
        Apply<Lanes256>(parameters, gradient, m, v, 16, 32, AdamConstants.ForStep(Settings, 0.9, 0.999));
        for (int i = 0; i < 64; i++)
        {
            bool moved = i is >= 16 and < 48;
            Assert.AreEqual((moved, moved, moved), (parameters[i] != 0, m[i] != 0, v[i] != 0), $"parameter {i}");
        }
    }

    [TestMethod]
    public void Apply_NoGradientForThousandSteps_LeavesNoSubnormalMoment()
    {
        float[] parameters = new float[16], gradient = new float[16], m = new float[16], v = new float[16];
        for (int i = 0; i < 16; i++) (m[i], v[i]) = (i % 2 == 0 ? 1 : -1, 1);
        for (int step = 1; step <= 1000; step++)
        {
            Apply<Lanes256>(parameters, gradient, m, v, 0, 16, AdamConstants.ForStep(Settings, Math.Pow(0.9, step), Math.Pow(0.999, step)));
            bool decayed = Math.Pow(0.9, step) < AdamStep<Lanes256>.TinyMoment;
            Assert.AreEqual(decayed, m[0] == 0 && m[1] == 0, $"step {step}: {m[0]}, {m[1]}");
        }
    }

    [TestMethod]
    public void Apply_NotANumber_ReachesMomentAndParameter()
    {
        float[] parameters = new float[16], gradient = new float[16], m = new float[16], v = new float[16];
        gradient[5] = float.NaN;
        Apply<Lanes256>(parameters, gradient, m, v, 0, 16, AdamConstants.ForStep(Settings, 0.9, 0.999));
        for (int i = 0; i < 16; i++) Assert.AreEqual((i == 5, i == 5), (float.IsNaN(parameters[i]), float.IsNaN(m[i])), $"parameter {i}");
    }

    private static float[] Run<T>(out double[] expected)
        where T : unmanaged, ILanes<T>
    {
        var random = new SeededRandom(95);
        float[] parameters = new float[Count], gradient = new float[Count], m = new float[Count], v = new float[Count];
        double[] exactM = new double[Count], exactV = new double[Count];
        for (int i = 0; i < Count; i++) parameters[i] = (float)((2 * random.NextDouble()) - 1);
        expected = Numbers.ToDoubles(parameters);
        for (int step = 1; step <= Steps; step++)
        {
            for (int i = 0; i < Count; i++)
            {
                gradient[i] = (float)(((2 * random.NextDouble()) - 1) * Math.Pow(10, -(i % 8)));
                exactM[i] = (0.9 * exactM[i]) + (0.1 * gradient[i]);
                exactV[i] = (0.999 * exactV[i]) + (0.001 * gradient[i] * gradient[i]);
                double mHat = exactM[i] / (1 - Math.Pow(0.9, step)), vHat = exactV[i] / (1 - Math.Pow(0.999, step));
                expected[i] -= 0.005 * mHat / (Math.Sqrt(vHat) + 1e-8);
            }

            Apply<T>(parameters, gradient, m, v, 0, Count, AdamConstants.ForStep(Settings, Math.Pow(0.9, step), Math.Pow(0.999, step)));
        }

        return parameters;
    }

    private static void Apply<T>(float[] parameters, float[] gradient, float[] m, float[] v, int first, int count, AdamConstants constants)
        where T : unmanaged, ILanes<T>
    {
        fixed (float* p = parameters, g = gradient, pm = m, pv = v)
            AdamStep<T>.Apply(p + first, g + first, pm + first, pv + first, count, constants);
    }
}
