using Cfd.MLNet.Common;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

/// <summary>Every operation of every width against one float at a time, bit for bit.</summary>
[TestClass]
public sealed unsafe class LanesTests
{
    private const int Vectors = 200;

    [TestMethod]
    public void Operations_128Bits_HaveTheBitsOfScalarCode() => CheckAll<Lanes128>();

    [TestMethod]
    public void Operations_256Bits_HaveTheBitsOfScalarCode() => CheckAll<Lanes256>();

    [TestMethod]
    public void Operations_512Bits_HaveTheBitsOfScalarCode() => CheckAll<Lanes512>();

    [TestMethod]
    public void BySoftware_AnyNumbers_HasTheBitsOfTheInstruction()
    {
        Check<Lanes128>("multiply-add by software", Lanes128.BySoftware, MathF.FusedMultiplyAdd);
        // Few bits, so that sums lie in the middle of two numbers in one lane or another; and products too small for a normal number.
        Check<Lanes128>("ties", (a, b, c) => Lanes128.BySoftware(Lanes128.Round(a), Lanes128.Broadcast(1 + float.BitIncrement(0.5f)), c), (a, _, c) => MathF.FusedMultiplyAdd(MathF.Round(a), 1 + float.BitIncrement(0.5f), c));
        Check<Lanes128>("small", (a, b, c) => Lanes128.BySoftware(Lanes128.Multiply(a, Lanes128.Broadcast(1e-38f)), b, Lanes128.Multiply(c, Lanes128.Broadcast(1e-40f))), (a, b, c) => MathF.FusedMultiplyAdd(a * 1e-38f, b, c * 1e-40f));
    }

    private static void CheckAll<T>()
        where T : unmanaged, ILanes<T>
    {
        Check<T>("Add", (a, b, _) => T.Add(a, b), (a, b, _) => a + b);
        Check<T>("Subtract", (a, b, _) => T.Subtract(a, b), (a, b, _) => a - b);
        Check<T>("Multiply", (a, b, _) => T.Multiply(a, b), (a, b, _) => a * b);
        Check<T>("Divide", (a, b, _) => T.Divide(a, b), (a, b, _) => a / b);
        Check<T>("FusedMultiplyAdd", T.FusedMultiplyAdd, MathF.FusedMultiplyAdd);
        Check<T>("SquareRoot", (a, b, _) => T.SquareRoot(T.Multiply(a, a)), (a, _, _) => MathF.Sqrt(a * a));
        Check<T>("Max", (a, b, _) => T.Max(a, b), (a, b, _) => MathF.Max(a, b));
        Check<T>("Min", (a, b, _) => T.Min(a, b), (a, b, _) => MathF.Min(a, b));
        Check<T>("Max of NaN", (a, _, _) => T.Max(a, T.Broadcast(float.NaN)), (_, _, _) => float.NaN);
        Check<T>("Min of NaN", (a, _, _) => T.Min(a, T.Broadcast(float.NaN)), (_, _, _) => float.NaN);
        Check<T>("WherePositive", T.WherePositive, (a, b, c) => a > 0 ? b : c);
        Check<T>("Round", (a, _, _) => T.Round(a), (a, _, _) => MathF.Round(a, MidpointRounding.ToEven));
        Check<T>("Broadcast", (_, _, _) => T.Broadcast(1.25f), (_, _, _) => 1.25f);
        CheckPowerOfTwo<T>();
        CheckSum<T>();
    }

    private static void Check<T>(string name, Func<T, T, T, T> lanes, Func<float, float, float, float> scalar)
        where T : unmanaged, ILanes<T>
    {
        var random = new SeededRandom(81);
        float[] a = new float[16], b = new float[16], c = new float[16], actual = new float[16], expected = new float[16];
        for (int vector = 0; vector < Vectors; vector++)
        {
            for (int i = 0; i < 16; i++) (a[i], b[i], c[i]) = (Draw(ref random), Draw(ref random), Draw(ref random));
            fixed (float* pa = a, pb = b, pc = c, target = actual)
                T.Store(lanes(T.Load(pa), T.Load(pb), T.Load(pc)), target);
            for (int i = 0; i < 16; i++) expected[i] = scalar(a[i], b[i], c[i]);
            Numbers.AreSameBits(expected, actual, name);
        }
    }

    private static void CheckPowerOfTwo<T>()
        where T : unmanaged, ILanes<T>
    {
        float[] actual = new float[16];
        for (int n = -126; n <= 127; n++)
        {
            fixed (float* target = actual) T.Store(T.PowerOfTwo(T.Broadcast(n)), target);
            foreach (float value in actual) Assert.AreEqual(MathF.ScaleB(1, n), value);
        }
    }

    /// <summary>Sum folds 16 lanes to 8, 4, 2, 1: its order decides the bits.</summary>
    private static void CheckSum<T>()
        where T : unmanaged, ILanes<T>
    {
        var random = new SeededRandom(82);
        float[] values = new float[16];
        for (int vector = 0; vector < Vectors; vector++)
        {
            for (int i = 0; i < 16; i++) values[i] = Draw(ref random);
            float actual;
            fixed (float* source = values) actual = T.Sum(T.Load(source));
            for (int half = 8; half > 0; half /= 2)
            {
                for (int i = 0; i < half; i++) values[i] += values[i + half];
            }

            Assert.AreEqual(BitConverter.SingleToInt32Bits(values[0]), BitConverter.SingleToInt32Bits(actual), "Sum");
        }
    }

    /// <summary>Numbers of many magnitudes and halves between whole numbers; never zero, whose sign Max may choose.</summary>
    private static float Draw(ref SeededRandom random)
    {
        double mantissa = (2 * random.NextDouble()) - 1;
        return random.NextInt32(4) == 0 ? random.NextInt32(20) - 9.5f : (float)(mantissa * Math.Pow(10, random.NextInt32(9) - 4));
    }
}
