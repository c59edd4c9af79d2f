using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Benchmarks;

/// <summary>What the core can do at most: independent fused multiply-adds on registers.</summary>
internal static class PeakKernel
{
    private const int Sums = 6;

    /// <summary>10^9 floating-point operations a second at a width, the best of several runs of some milliseconds.</summary>
    public static double Gflops(VectorWidth width)
    {
        double best = 0;
        for (int run = 0; run < 25; run++)
        {
            var watch = Stopwatch.StartNew();
            const int Rounds = 400_000;
            float sum = width switch
            {
                VectorWidth.Bits512 => TwelveSums<Lanes512>(Rounds, 0.5f),
                VectorWidth.Bits256 => SixSums<Lanes256>(Rounds, 0.5f),
                _ => SixSums<Lanes128>(Rounds, 0.5f),
            };
            int sums = width == VectorWidth.Bits512 ? 2 * Sums : Sums;
            double operations = 2.0 * 16 * sums * Rounds;
            if (float.IsNaN(sum)) throw new InvalidOperationException("The sums were not computed.");
            best = Math.Max(best, operations / watch.Elapsed.TotalSeconds / 1e9);
        }

        return best;
    }

    /// <summary>
    /// Why the peak is what it is. A core whose multipliers are 512 bits wide does about twice as much at 512 bits as at 256; one that
    /// splits each 512-bit operation in two does the same at both.
    /// </summary>
    public static string Explanation(VectorWidth width, double peak)
    {
        if (width != VectorWidth.Bits512) return "no AVX-512 on this machine, so about half the peak of a core with 512-bit multipliers at the same clock";
        double half = Gflops(VectorWidth.Bits256);
        return peak < 1.5 * half
            ? $"{half:F0} at 256 bits: this core splits each 512-bit operation in two, so its peak is half that of one with 512-bit multipliers at the same clock"
            : $"{half:F0} at 256 bits: the multipliers are 512 bits wide";
    }

    /// <summary>Twelve 256-bit registers: latency 4 to 5 at two operations a cycle needs at least ten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float SixSums<T>(int rounds, float start)
        where T : unmanaged, ILanes<T>
    {
        T a = T.Broadcast(start), b = T.Broadcast(1e-9f);
        T sum0 = a, sum1 = a, sum2 = a, sum3 = a, sum4 = a, sum5 = a;
        for (int i = 0; i < rounds; i++)
        {
            sum0 = T.FusedMultiplyAdd(sum0, a, b);
            sum1 = T.FusedMultiplyAdd(sum1, a, b);
            sum2 = T.FusedMultiplyAdd(sum2, a, b);
            sum3 = T.FusedMultiplyAdd(sum3, a, b);
            sum4 = T.FusedMultiplyAdd(sum4, a, b);
            sum5 = T.FusedMultiplyAdd(sum5, a, b);
        }

        return T.Sum(T.Add(T.Add(T.Add(sum0, sum1), T.Add(sum2, sum3)), T.Add(sum4, sum5)));
    }

    /// <summary>Twelve 512-bit registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float TwelveSums<T>(int rounds, float start)
        where T : unmanaged, ILanes<T>
    {
        T a = T.Broadcast(start), b = T.Broadcast(1e-9f);
        T sum0 = a, sum1 = a, sum2 = a, sum3 = a, sum4 = a, sum5 = a;
        T sum6 = a, sum7 = a, sum8 = a, sum9 = a, sum10 = a, sum11 = a;
        for (int i = 0; i < rounds; i++)
        {
            sum0 = T.FusedMultiplyAdd(sum0, a, b);
            sum1 = T.FusedMultiplyAdd(sum1, a, b);
            sum2 = T.FusedMultiplyAdd(sum2, a, b);
            sum3 = T.FusedMultiplyAdd(sum3, a, b);
            sum4 = T.FusedMultiplyAdd(sum4, a, b);
            sum5 = T.FusedMultiplyAdd(sum5, a, b);
            sum6 = T.FusedMultiplyAdd(sum6, a, b);
            sum7 = T.FusedMultiplyAdd(sum7, a, b);
            sum8 = T.FusedMultiplyAdd(sum8, a, b);
            sum9 = T.FusedMultiplyAdd(sum9, a, b);
            sum10 = T.FusedMultiplyAdd(sum10, a, b);
            sum11 = T.FusedMultiplyAdd(sum11, a, b);
        }

        T left = T.Add(T.Add(T.Add(sum0, sum1), T.Add(sum2, sum3)), T.Add(sum4, sum5));
        T right = T.Add(T.Add(T.Add(sum6, sum7), T.Add(sum8, sum9)), T.Add(sum10, sum11));
        return T.Sum(T.Add(left, right));
    }
}
