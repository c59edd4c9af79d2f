using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// exp, log and the logistic loss, built from operations that round the same on every machine. The runtime's own
/// vector functions differ between widths.
/// </summary>
internal static class ElementaryFunctions<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>e^x for x &lt;= 0; below -87 it stays at e^-87. Error below 2 units in the last place (Cephes expf).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfNonPositive(T x)
    {
        x = T.Max(x, T.Broadcast(-87f));
        T n = T.Round(T.Multiply(x, T.Broadcast(1.44269504f)));
        // ln 2 in two parts, so that x - n ln 2 is exact enough.
        T r = T.FusedMultiplyAdd(n, T.Broadcast(-0.693359375f), x);
        r = T.FusedMultiplyAdd(n, T.Broadcast(2.12194440e-4f), r);
        T p = T.Broadcast(1.9875691500e-4f);
        p = T.FusedMultiplyAdd(p, r, T.Broadcast(1.3981999507e-3f));
        p = T.FusedMultiplyAdd(p, r, T.Broadcast(8.3334519073e-3f));
        p = T.FusedMultiplyAdd(p, r, T.Broadcast(4.1665795894e-2f));
        p = T.FusedMultiplyAdd(p, r, T.Broadcast(1.6666665459e-1f));
        p = T.FusedMultiplyAdd(p, r, T.Broadcast(5.0000001201e-1f));
        p = T.FusedMultiplyAdd(p, T.Multiply(r, r), T.Add(r, T.Broadcast(1f)));
        return T.Multiply(p, T.PowerOfTwo(n));
    }

    /// <summary>
    /// log(1 + e) for e in [0, 1], as 2 artanh(s) with s = e / (2 + e) in [0, 1/3]: exact in the relative sense for small e.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOfOnePlus(T e)
    {
        T s = T.Divide(e, T.Add(e, T.Broadcast(2f)));
        T square = T.Multiply(s, s);
        T p = T.Broadcast(2f / 15);
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f / 13));
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f / 11));
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f / 9));
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f / 7));
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f / 5));
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f / 3));
        p = T.FusedMultiplyAdd(p, square, T.Broadcast(2f));
        return T.Multiply(p, s);
    }

    /// <summary>1 / (1 + e^-z), without overflow on either side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T z)
    {
        T e = ExpOfNonPositive(T.Min(z, Negate(z)));
        T numerator = T.WherePositive(z, T.Broadcast(1f), e);
        return T.Divide(numerator, T.Add(T.Broadcast(1f), e));
    }

    /// <summary>Binary cross entropy of logit z against label y in {0, 1}: max(z, 0) - z y + log(1 + e^-|z|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogisticLoss(T z, T y)
    {
        T e = ExpOfNonPositive(T.Min(z, Negate(z)));
        T linear = T.Subtract(T.Max(z, T.Broadcast(0f)), T.Multiply(z, y));
        return T.Add(linear, LogOfOnePlus(e));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Negate(T z) => T.Subtract(T.Broadcast(0f), z);
}
