namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Sums over long vectors, eight running sums each: fast enough, and of one order whatever the machine.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0, sum5 = 0, sum6 = 0, sum7 = 0;
        right = right[..left.Length];
        int i = 0;
        for (; i + 8 <= left.Length; i += 8)
        {
            sum0 += left[i] * right[i];
            sum1 += left[i + 1] * right[i + 1];
            sum2 += left[i + 2] * right[i + 2];
            sum3 += left[i + 3] * right[i + 3];
            sum4 += left[i + 4] * right[i + 4];
            sum5 += left[i + 5] * right[i + 5];
            sum6 += left[i + 6] * right[i + 6];
            sum7 += left[i + 7] * right[i + 7];
        }

        for (; i < left.Length; i++) sum0 += left[i] * right[i];
        return ((sum0 + sum4) + (sum1 + sum5)) + ((sum2 + sum6) + (sum3 + sum7));
    }

    public static double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    /// <summary>target += factor * addend.</summary>
    public static void Add(double factor, ReadOnlySpan<double> addend, Span<double> target)
    {
        target = target[..addend.Length];
        for (int i = 0; i < addend.Length; i++) target[i] += factor * addend[i];
    }

    /// <summary>target *= factor.</summary>
    public static void Scale(double factor, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] *= factor;
    }
}
