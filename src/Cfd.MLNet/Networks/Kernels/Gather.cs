using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>Brings the samples of a mini-batch, which lie anywhere in X, next to each other.</summary>
internal static unsafe class Gather
{
    private const int LineFloats = 16;

    /// <summary>
    /// target[r, :] = features[rows[r], :] and targetLabels[r] = labels[rows[r]]. stride is a multiple of 4, the floats a row has in both.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ReadOnlySpan<int> rows, float* features, nint stride, float* labels, float* target, float* targetLabels)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            float* source = features + (rows[i] * stride);
            for (nint column = 0; column < stride; column += Vector128<float>.Count)
                Vector128.Load(source + column).Store(target + column);
            targetLabels[i] = labels[rows[i]];
            target += stride;
        }
    }

    /// <summary>Asks the caches for rows that are soon gathered: on large sets X is larger than the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Prefetch(ReadOnlySpan<int> rows, float* features, nint stride)
    {
        if (!Sse.IsSupported) return;
        foreach (int row in rows)
        {
            float* source = features + (row * stride);
            for (nint column = 0; column < stride; column += LineFloats) Sse.Prefetch0(source + column);
            Sse.Prefetch0(source + stride - 1);
        }
    }
}
