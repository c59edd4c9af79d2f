using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>Moves a weight matrix [rows, columns] into [columns, rows], four by four elements at a time.</summary>
internal static unsafe class Transposition
{
    /// <summary>
    /// target[c, r] = source[r, c]; strides in floats. rows and columns are rounded up to 4: both matrices have room for it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint rows, nint sourceStride, float* target, nint columns, nint targetStride)
    {
        for (nint row = 0; row < rows; row += 4)
        {
            for (nint column = 0; column < columns; column += 4)
            {
                float* from = source + (row * sourceStride) + column;
                var row0 = Vector128.Load(from);
                var row1 = Vector128.Load(from + sourceStride);
                var row2 = Vector128.Load(from + (2 * sourceStride));
                var row3 = Vector128.Load(from + (3 * sourceStride));
                var (low01, high01) = (InterleaveLow(row0, row1), InterleaveHigh(row0, row1));
                var (low23, high23) = (InterleaveLow(row2, row3), InterleaveHigh(row2, row3));
                float* to = target + (column * targetStride) + row;
                LowHalves(low01, low23).Store(to);
                HighHalves(low01, low23).Store(to + targetStride);
                LowHalves(high01, high23).Store(to + (2 * targetStride));
                HighHalves(high01, high23).Store(to + (3 * targetStride));
            }
        }
    }

    /// <summary>left 0, right 0, left 1, right 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> left, Vector128<float> right)
        => Sse.IsSupported ? Sse.UnpackLow(left, right)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
            : Vector128.Create(left.GetElement(0), right.GetElement(0), left.GetElement(1), right.GetElement(1));

    /// <summary>left 2, right 2, left 3, right 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> left, Vector128<float> right)
        => Sse.IsSupported ? Sse.UnpackHigh(left, right)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
            : Vector128.Create(left.GetElement(2), right.GetElement(2), left.GetElement(3), right.GetElement(3));

    /// <summary>left 0, left 1, right 0, right 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowHalves(Vector128<float> left, Vector128<float> right)
        => Sse.IsSupported ? Sse.MoveLowToHigh(left, right)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left.AsDouble(), right.AsDouble()).AsSingle()
            : Vector128.Create(left.GetLower(), right.GetLower());

    /// <summary>left 2, left 3, right 2, right 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HighHalves(Vector128<float> left, Vector128<float> right)
        => Sse.IsSupported ? Sse.MoveHighToLow(right, left)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left.AsDouble(), right.AsDouble()).AsSingle()
            : Vector128.Create(left.GetUpper(), right.GetUpper());
}
