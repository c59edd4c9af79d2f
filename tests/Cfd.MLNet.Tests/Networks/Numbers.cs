namespace Cfd.MLNet.Tests.Networks;

/// <summary>Comparisons of many numbers that name the first or worst one.</summary>
internal static class Numbers
{
    /// <summary>The same bits, element by element: tells -0 from 0 and lets NaN equal itself.</summary>
    public static void AreSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}.");
        }
    }

    /// <summary>|actual - expected| &lt;= absolute + relative |expected|, element by element.</summary>
    public static void AreNear(
        ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what, double absolute, double relative = 0)
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        int worst = -1;
        double excess = 1;
        for (int i = 0; i < expected.Length; i++)
        {
            double share = Math.Abs(actual[i] - expected[i]) / (absolute + (relative * Math.Abs(expected[i])));
            if (share <= excess) continue;
            (worst, excess) = (i, share);
        }

        if (worst < 0) return;
        Assert.Fail($"{what}: element {worst} is {actual[worst]:R}, not {expected[worst]:R}: {excess:G3} times what is allowed.");
    }

    public static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        return doubles;
    }
}
