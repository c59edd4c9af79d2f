using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>The matrix product in float64: C += A B, or C = A B, by <see cref="Tile{T, TScalar, TEnds}"/>.</summary>
/// <remarks>
/// A[r, k] is <c>a[r * rowStride + k * innerStride]</c>; B and C have <c>bStride</c> and <c>cStride</c> doubles a row. rows and
/// columns must be multiples of 8.
/// </remarks>
internal static unsafe class DoubleTile<T>
    where T : unmanaged, IDoubleLanes<T>
{
    public static void Multiply(
        double* a, nint rowStride, nint innerStride, nint rows, nint inner, double* b, nint bStride, nint columns,
        double* c, nint cStride, bool adds)
        => Tile<T, double, Ends>.Multiply(a, rowStride, innerStride, rows, inner, b, bStride, columns, new Ends(c, cStride, adds));

    private readonly struct Ends(double* target, nint stride, bool adds) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => adds ? T.Load(target + (row * stride) + column) : T.Broadcast(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum) => T.Store(sum, target + (row * stride) + column);
    }
}
