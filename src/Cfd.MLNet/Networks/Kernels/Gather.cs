using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>Brings the samples of a mini-batch, which lie anywhere in X, next to each other.</summary>
internal static unsafe class Gather<T>
    where T : unmanaged, ILanes<T>
{
    private const int LineFloats = 16;

    /// <summary>
    /// target[r, :] = features[rows[r], :] and targetLabels[r] = labels[rows[r]]; stride is the floats a row has in both. Copies whole
    /// vectors: what a row writes past its end the next one overwrites, and behind the last there is room for it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ReadOnlySpan<int> rows, float* features, nint stride, float* labels, float* target, float* targetLabels)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            float* source = features + (rows[i] * stride);
            for (nint column = 0; column < stride; column += ILanes<T>.Count) T.Store(T.Load(source + column), target + column);
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
