using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

/// <summary>
/// exp, log, sigmoid and loss against float64, over a dense grid of floats. Bounds in units in the last place of the float32
/// result; on a grid 27 times as dense the largest errors were 1.23, 2.79, 2.46 and 3.61.
/// </summary>
[TestClass]
public sealed class ElementaryFunctionsTests
{
    // Every 1,009th float: about a million per function, at all magnitudes. A prime, so that no bit pattern repeats.
    private const int GridStep = 1009;

    private delegate float[] Function(float[] x);

    [TestMethod]
    public void ExpOfNonPositive_DenseGrid_IsWithinOneAndAHalfUlps()
        => Check(Grid(0, -87), Math.Exp, ulps: 1.5, ExpOfNonPositive<Lanes128>, ExpOfNonPositive<Lanes256>, ExpOfNonPositive<Lanes512>);

    [TestMethod]
    public void ExpOfNonPositive_BelowMinus87_StaysThere()
    {
        float[] x = [-87, -87.5f, -88, -100, -1e30f, float.MinValue, float.NegativeInfinity];
        foreach (float y in ExpOfNonPositive<Lanes256>(x)) Assert.AreEqual(Math.Exp(-87), y, 1e-44);
        Check(x, _ => Math.Exp(-87), ulps: 1.5, ExpOfNonPositive<Lanes128>, ExpOfNonPositive<Lanes256>, ExpOfNonPositive<Lanes512>);
    }

    [TestMethod]
    public void ExpOfNonPositive_Zero_IsOne() => Assert.AreEqual(1f, ExpOfNonPositive<Lanes256>([0f])[0]);

    [TestMethod]
    public void LogOfOnePlus_DenseGrid_IsWithinThreeUlps()
        => Check(Grid(0, 1), LogOfOnePlus, ulps: 3, LogOfOnePlus<Lanes128>, LogOfOnePlus<Lanes256>, LogOfOnePlus<Lanes512>);

    [TestMethod]
    public void Sigmoid_DenseGrid_IsWithinThreeUlps()
        => Check(
            [.. Grid(0, -87), .. Grid(0, 100)], z => 1 / (1 + Math.Exp(-z)), ulps: 3,
            Sigmoid<Lanes128>, Sigmoid<Lanes256>, Sigmoid<Lanes512>);

    [TestMethod]
    public void Sigmoid_FarOut_ReachesZeroAndOne()
    {
        float[] y = Sigmoid<Lanes256>([-200, float.MinValue, float.NegativeInfinity, 200, float.MaxValue, float.PositiveInfinity]);
        foreach (float low in y[..3]) Assert.IsInRange(0f, 2e-38f, low);
        foreach (float high in y[3..]) Assert.AreEqual(1f, high);
    }

    [TestMethod]
    public void Sigmoid_Zero_IsExactlyAHalf() => Assert.AreEqual(0.5f, Sigmoid<Lanes256>([0f])[0]);

    [TestMethod]
    public void LogisticLoss_LabelZero_IsWithinFourUlps()
        => Check(
            [.. Grid(0, -87), .. Grid(0, 1e6f)], z => Math.Max(z, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(z))), ulps: 4,
            z => LogisticLoss<Lanes128>(z, 0), z => LogisticLoss<Lanes256>(z, 0), z => LogisticLoss<Lanes512>(z, 0));

    [TestMethod]
    public void LogisticLoss_LabelOne_IsWithinFourUlps()
        => Check(
            [.. Grid(0, 87), .. Grid(0, -1e6f)], z => Math.Max(-z, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(z))), ulps: 4,
            z => LogisticLoss<Lanes128>(z, 1), z => LogisticLoss<Lanes256>(z, 1), z => LogisticLoss<Lanes512>(z, 1));

    [TestMethod]
    public void LogisticLoss_NaN_IsNaN()
    {
        Assert.IsTrue(float.IsNaN(LogisticLoss<Lanes128>([float.NaN], 1)[0]));
        Assert.IsTrue(float.IsNaN(LogisticLoss<Lanes256>([float.NaN], 1)[0]));
        Assert.IsTrue(float.IsNaN(LogisticLoss<Lanes512>([float.NaN], 1)[0]));
    }

    /// <summary>All widths give the same bits, and these lie within so many ulps of float64.</summary>
    private static void Check(float[] x, Func<double, double> exact, double ulps, Function of128, Function of256, Function of512)
    {
        float[] y = of256(x);
        Numbers.AreSameBits(y, of128(x), "128 bits");
        Numbers.AreSameBits(y, of512(x), "512 bits");
        (double worst, int at) = (0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = exact(x[i]);
            double error = Math.Abs(y[i] - expected) / UnitInTheLastPlace(expected);
            if (!(error <= worst)) (worst, at) = (error, i);
        }

        Assert.IsLessThanOrEqualTo(ulps, worst, $"of {x[at]:R}, which gives {y[at]:R} for {exact(x[at]):R}");
    }

    private static double UnitInTheLastPlace(double value)
        => Math.Max(Math.ScaleB(1, Math.ILogB(value) - 23), float.Epsilon);

    /// <summary>log(1 + e), to the last bits of float64 for small e too (Kahan).</summary>
    private static double LogOfOnePlus(double e)
    {
        double sum = 1 + e;
        return sum == 1 ? e : Math.Log(sum) * e / (sum - 1);
    }

    /// <summary>Floats from one number to another of the same sign, evenly over their bit patterns.</summary>
    private static float[] Grid(float from, float to)
    {
        uint sign = to < 0 ? 0x80000000 : 0;
        uint last = BitConverter.SingleToUInt32Bits(Math.Abs(to));
        var grid = new List<float>();
        for (uint bits = BitConverter.SingleToUInt32Bits(from); bits < last; bits += GridStep)
            grid.Add(BitConverter.UInt32BitsToSingle(bits | sign));
        grid.Add(to);
        return [.. grid];
    }

    private static float[] ExpOfNonPositive<T>(float[] x)
        where T : unmanaged, ILanes<T> => Map<T>(x, ElementaryFunctions<T>.ExpOfNonPositive);

    private static float[] LogOfOnePlus<T>(float[] x)
        where T : unmanaged, ILanes<T> => Map<T>(x, ElementaryFunctions<T>.LogOfOnePlus);

    private static float[] Sigmoid<T>(float[] x)
        where T : unmanaged, ILanes<T> => Map<T>(x, ElementaryFunctions<T>.Sigmoid);

    private static float[] LogisticLoss<T>(float[] z, float label)
        where T : unmanaged, ILanes<T> => Map<T>(z, part => ElementaryFunctions<T>.LogisticLoss(part, T.Broadcast(label)));

    private static unsafe float[] Map<T>(float[] x, Func<T, T> function)
        where T : unmanaged, ILanes<T>
    {
        var padded = new float[(x.Length + 15) & ~15];
        x.CopyTo(padded, 0);
        fixed (float* values = padded)
        {
            for (int i = 0; i < padded.Length; i += 16) T.Store(function(T.Load(values + i)), values + i);
        }

        return padded[..x.Length];
    }
}
