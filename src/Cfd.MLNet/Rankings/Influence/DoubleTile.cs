using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// The matrix product in float64: C += A B, or C = A B, a tile of rows and columns held in registers. Every element is one chain
/// of fused multiply-adds over k = 0, 1, 2…, so neither tiling nor vector width touches the bits. Naive code:
/// <code>
/// for r in rows, for j in columns: { sum = adds ? C[r, j] : 0; for k in inner: sum = fma(A[r, k], B[k, j], sum); C[r, j] = sum; }
/// </code>
/// </summary>
/// <remarks>
/// A[r, k] is <c>a[r * rowStride + k * innerStride]</c>; B and C have <c>bStride</c> and <c>cStride</c> doubles a row. rows and
/// columns must be multiples of 8.
/// </remarks>
internal static unsafe class DoubleTile<T>
    where T : unmanaged, IDoubleLanes<T>
{
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        double* a, nint rowStride, nint innerStride, nint rows, nint inner, double* b, nint bStride, nint columns,
        double* c, nint cStride, bool adds)
    {
        nint column = 0;
        if (T.PrefersWideTiles)
        {
            for (; column + 16 <= columns; column += 16)
            {
                for (nint row = 0; row < rows; row += 8)
                    EightByTwo(a + (row * rowStride), rowStride, innerStride, inner, b + column, bStride, c + (row * cStride) + column, cStride, adds);
            }
        }

        for (; column < columns; column += 8)
        {
            for (nint row = 0; row < rows; row += 4)
                FourByOne(a + (row * rowStride), rowStride, innerStride, inner, b + column, bStride, c + (row * cStride) + column, cStride, adds);
        }
    }

    /// <summary>4 rows by 8 columns: 8 sums in 256-bit registers.</summary>
    [MethodImpl(Hot)]
    private static void FourByOne(
        double* a, nint rowStride, nint innerStride, nint inner, double* b, nint bStride, double* c, nint cStride, bool adds)
    {
        nint two = 2 * rowStride, three = 3 * rowStride;
        T sum0 = Start(c, adds), sum1 = Start(c + cStride, adds);
        T sum2 = Start(c + (2 * cStride), adds), sum3 = Start(c + (3 * cStride), adds);
        for (nint k = inner; k > 0; k--)
        {
            T right = T.Load(b);
            sum0 = T.FusedMultiplyAdd(T.Broadcast(a[0]), right, sum0);
            sum1 = T.FusedMultiplyAdd(T.Broadcast(a[rowStride]), right, sum1);
            sum2 = T.FusedMultiplyAdd(T.Broadcast(a[two]), right, sum2);
            sum3 = T.FusedMultiplyAdd(T.Broadcast(a[three]), right, sum3);
            a += innerStride;
            b += bStride;
        }

        T.Store(sum0, c);
        T.Store(sum1, c + cStride);
        T.Store(sum2, c + (2 * cStride));
        T.Store(sum3, c + (3 * cStride));
    }

    /// <summary>8 rows by 16 columns: 16 sums in 512-bit registers.</summary>
    [MethodImpl(Hot)]
    private static void EightByTwo(
        double* a, nint rowStride, nint innerStride, nint inner, double* b, nint bStride, double* c, nint cStride, bool adds)
    {
        double* lower = a + (4 * rowStride);
        double* below = c + (4 * cStride);
        nint two = 2 * rowStride, three = 3 * rowStride, twoC = 2 * cStride, threeC = 3 * cStride;
        T sum00 = Start(c, adds), sum01 = Start(c + 8, adds);
        T sum10 = Start(c + cStride, adds), sum11 = Start(c + cStride + 8, adds);
        T sum20 = Start(c + twoC, adds), sum21 = Start(c + twoC + 8, adds);
        T sum30 = Start(c + threeC, adds), sum31 = Start(c + threeC + 8, adds);
        T sum40 = Start(below, adds), sum41 = Start(below + 8, adds);
        T sum50 = Start(below + cStride, adds), sum51 = Start(below + cStride + 8, adds);
        T sum60 = Start(below + twoC, adds), sum61 = Start(below + twoC + 8, adds);
        T sum70 = Start(below + threeC, adds), sum71 = Start(below + threeC + 8, adds);
        for (nint k = inner; k > 0; k--)
        {
            T right0 = T.Load(b), right1 = T.Load(b + 8);
            T left = T.Broadcast(a[0]);
            sum00 = T.FusedMultiplyAdd(left, right0, sum00);
            sum01 = T.FusedMultiplyAdd(left, right1, sum01);
            left = T.Broadcast(a[rowStride]);
            sum10 = T.FusedMultiplyAdd(left, right0, sum10);
            sum11 = T.FusedMultiplyAdd(left, right1, sum11);
            left = T.Broadcast(a[two]);
            sum20 = T.FusedMultiplyAdd(left, right0, sum20);
            sum21 = T.FusedMultiplyAdd(left, right1, sum21);
            left = T.Broadcast(a[three]);
            sum30 = T.FusedMultiplyAdd(left, right0, sum30);
            sum31 = T.FusedMultiplyAdd(left, right1, sum31);
            left = T.Broadcast(lower[0]);
            sum40 = T.FusedMultiplyAdd(left, right0, sum40);
            sum41 = T.FusedMultiplyAdd(left, right1, sum41);
            left = T.Broadcast(lower[rowStride]);
            sum50 = T.FusedMultiplyAdd(left, right0, sum50);
            sum51 = T.FusedMultiplyAdd(left, right1, sum51);
            left = T.Broadcast(lower[two]);
            sum60 = T.FusedMultiplyAdd(left, right0, sum60);
            sum61 = T.FusedMultiplyAdd(left, right1, sum61);
            left = T.Broadcast(lower[three]);
            sum70 = T.FusedMultiplyAdd(left, right0, sum70);
            sum71 = T.FusedMultiplyAdd(left, right1, sum71);
            a += innerStride;
            lower += innerStride;
            b += bStride;
        }

        T.Store(sum00, c);
        T.Store(sum01, c + 8);
        T.Store(sum10, c + cStride);
        T.Store(sum11, c + cStride + 8);
        T.Store(sum20, c + twoC);
        T.Store(sum21, c + twoC + 8);
        T.Store(sum30, c + threeC);
        T.Store(sum31, c + threeC + 8);
        T.Store(sum40, below);
        T.Store(sum41, below + 8);
        T.Store(sum50, below + cStride);
        T.Store(sum51, below + cStride + 8);
        T.Store(sum60, below + twoC);
        T.Store(sum61, below + twoC + 8);
        T.Store(sum70, below + threeC);
        T.Store(sum71, below + threeC + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Start(double* c, bool adds) => adds ? T.Load(c) : T.Broadcast(0);
}
