using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>What a tile starts from and what becomes of its sums; the product in between is always the same.</summary>
internal interface ITileEnds<T>
{
    T Start(nint row, nint column);

    void Finish(nint row, nint column, T sum);
}

/// <summary>
/// The one matrix product of the engine: C[r, :] = start + sum over k of A[r, k] B[k, :], a tile of rows and columns held in
/// registers. Forward pass, backward pass and weight gradient differ in strides and in <see cref="ITileEnds{T}"/> alone.
/// Every element is one chain of fused multiply-adds over k = 0, 1, 2…, so tiling does not touch the bits. Naive code:
/// <code>
/// for r in rows, for j in columns: { sum = start[r, j]; for k in inner: sum = fma(A[r, k], B[k, j], sum); finish(r, j, sum); }
/// </code>
/// </summary>
/// <remarks>
/// A[r, k] is <c>a[r * rowStride + k * innerStride]</c>; B has <c>bStride</c> floats a row. rows must be a multiple of 4, columns
/// of 16. For the forward pass rows are samples and k inputs; for the gradient rows are inputs and k samples.
/// </remarks>
internal static unsafe class Tile<T, TEnds>
    where T : unmanaged, ILanes<T>
    where TEnds : struct, ITileEnds<T>
{
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* a, nint rowStride, nint innerStride, nint rows, nint inner, float* b, nint bStride, nint columns, TEnds ends)
    {
        nint column = 0;
        if (T.PrefersWideTiles)
        {
            for (; column + 32 <= columns; column += 32)
            {
                nint wideRow = 0;
                for (; wideRow + 8 <= rows; wideRow += 8)
                    EightByTwo(a + (wideRow * rowStride), rowStride, innerStride, inner, b + column, bStride, wideRow, column, ends);
                if (wideRow == rows) continue;
                float* rest = a + (wideRow * rowStride);
                FourByOne(rest, rowStride, innerStride, inner, b + column, bStride, wideRow, column, ends);
                FourByOne(rest, rowStride, innerStride, inner, b + column + 16, bStride, wideRow, column + 16, ends);
            }
        }

        for (; column < columns; column += 16)
        {
            nint row = 0;
            // Twelve rows at a time, so that what remains is a multiple of four.
            for (; row + 12 <= rows; row += 12)
            {
                SixByOne(a + (row * rowStride), rowStride, innerStride, inner, b + column, bStride, row, column, ends);
                SixByOne(a + ((row + 6) * rowStride), rowStride, innerStride, inner, b + column, bStride, row + 6, column, ends);
            }

            for (; row < rows; row += 4)
                FourByOne(a + (row * rowStride), rowStride, innerStride, inner, b + column, bStride, row, column, ends);
        }
    }

    /// <summary>4 rows by 16 columns: 8 sums in 256-bit registers.</summary>
    [MethodImpl(Hot)]
    private static void FourByOne(
        float* a, nint rowStride, nint innerStride, nint inner, float* b, nint bStride, nint row, nint column, TEnds ends)
    {
        nint two = 2 * rowStride, three = 3 * rowStride;
        T sum0 = ends.Start(row, column), sum1 = ends.Start(row + 1, column);
        T sum2 = ends.Start(row + 2, column), sum3 = ends.Start(row + 3, column);
        for (nint k = inner; k > 0; k--)
        {
            T weights = T.Load(b);
            sum0 = T.FusedMultiplyAdd(T.Broadcast(a[0]), weights, sum0);
            sum1 = T.FusedMultiplyAdd(T.Broadcast(a[rowStride]), weights, sum1);
            sum2 = T.FusedMultiplyAdd(T.Broadcast(a[two]), weights, sum2);
            sum3 = T.FusedMultiplyAdd(T.Broadcast(a[three]), weights, sum3);
            a += innerStride;
            b += bStride;
        }

        ends.Finish(row, column, sum0);
        ends.Finish(row + 1, column, sum1);
        ends.Finish(row + 2, column, sum2);
        ends.Finish(row + 3, column, sum3);
    }

    /// <summary>6 rows by 16 columns: 12 sums in 256-bit registers, enough to hide the latency of a fused multiply-add.</summary>
    [MethodImpl(Hot)]
    private static void SixByOne(
        float* a, nint rowStride, nint innerStride, nint inner, float* b, nint bStride, nint row, nint column, TEnds ends)
    {
        float* lower = a + (3 * rowStride);
        nint two = 2 * rowStride;
        T sum0 = ends.Start(row, column), sum1 = ends.Start(row + 1, column), sum2 = ends.Start(row + 2, column);
        T sum3 = ends.Start(row + 3, column), sum4 = ends.Start(row + 4, column), sum5 = ends.Start(row + 5, column);
        for (nint k = inner; k > 0; k--)
        {
            T weights = T.Load(b);
            sum0 = T.FusedMultiplyAdd(T.Broadcast(a[0]), weights, sum0);
            sum1 = T.FusedMultiplyAdd(T.Broadcast(a[rowStride]), weights, sum1);
            sum2 = T.FusedMultiplyAdd(T.Broadcast(a[two]), weights, sum2);
            sum3 = T.FusedMultiplyAdd(T.Broadcast(lower[0]), weights, sum3);
            sum4 = T.FusedMultiplyAdd(T.Broadcast(lower[rowStride]), weights, sum4);
            sum5 = T.FusedMultiplyAdd(T.Broadcast(lower[two]), weights, sum5);
            a += innerStride;
            lower += innerStride;
            b += bStride;
        }

        ends.Finish(row, column, sum0);
        ends.Finish(row + 1, column, sum1);
        ends.Finish(row + 2, column, sum2);
        ends.Finish(row + 3, column, sum3);
        ends.Finish(row + 4, column, sum4);
        ends.Finish(row + 5, column, sum5);
    }

    /// <summary>8 rows by 32 columns: 16 sums in 512-bit registers.</summary>
    [MethodImpl(Hot)]
    private static void EightByTwo(
        float* a, nint rowStride, nint innerStride, nint inner, float* b, nint bStride, nint row, nint column, TEnds ends)
    {
        float* lower = a + (4 * rowStride);
        nint two = 2 * rowStride, three = 3 * rowStride, right = column + 16;
        T sum00 = ends.Start(row, column), sum01 = ends.Start(row, right);
        T sum10 = ends.Start(row + 1, column), sum11 = ends.Start(row + 1, right);
        T sum20 = ends.Start(row + 2, column), sum21 = ends.Start(row + 2, right);
        T sum30 = ends.Start(row + 3, column), sum31 = ends.Start(row + 3, right);
        T sum40 = ends.Start(row + 4, column), sum41 = ends.Start(row + 4, right);
        T sum50 = ends.Start(row + 5, column), sum51 = ends.Start(row + 5, right);
        T sum60 = ends.Start(row + 6, column), sum61 = ends.Start(row + 6, right);
        T sum70 = ends.Start(row + 7, column), sum71 = ends.Start(row + 7, right);
        for (nint k = inner; k > 0; k--)
        {
            T weights0 = T.Load(b), weights1 = T.Load(b + 16);
            T input = T.Broadcast(a[0]);
            sum00 = T.FusedMultiplyAdd(input, weights0, sum00);
            sum01 = T.FusedMultiplyAdd(input, weights1, sum01);
            input = T.Broadcast(a[rowStride]);
            sum10 = T.FusedMultiplyAdd(input, weights0, sum10);
            sum11 = T.FusedMultiplyAdd(input, weights1, sum11);
            input = T.Broadcast(a[two]);
            sum20 = T.FusedMultiplyAdd(input, weights0, sum20);
            sum21 = T.FusedMultiplyAdd(input, weights1, sum21);
            input = T.Broadcast(a[three]);
            sum30 = T.FusedMultiplyAdd(input, weights0, sum30);
            sum31 = T.FusedMultiplyAdd(input, weights1, sum31);
            input = T.Broadcast(lower[0]);
            sum40 = T.FusedMultiplyAdd(input, weights0, sum40);
            sum41 = T.FusedMultiplyAdd(input, weights1, sum41);
            input = T.Broadcast(lower[rowStride]);
            sum50 = T.FusedMultiplyAdd(input, weights0, sum50);
            sum51 = T.FusedMultiplyAdd(input, weights1, sum51);
            input = T.Broadcast(lower[two]);
            sum60 = T.FusedMultiplyAdd(input, weights0, sum60);
            sum61 = T.FusedMultiplyAdd(input, weights1, sum61);
            input = T.Broadcast(lower[three]);
            sum70 = T.FusedMultiplyAdd(input, weights0, sum70);
            sum71 = T.FusedMultiplyAdd(input, weights1, sum71);
            a += innerStride;
            lower += innerStride;
            b += bStride;
        }

        ends.Finish(row, column, sum00);
        ends.Finish(row, right, sum01);
        ends.Finish(row + 1, column, sum10);
        ends.Finish(row + 1, right, sum11);
        ends.Finish(row + 2, column, sum20);
        ends.Finish(row + 2, right, sum21);
        ends.Finish(row + 3, column, sum30);
        ends.Finish(row + 3, right, sum31);
        ends.Finish(row + 4, column, sum40);
        ends.Finish(row + 4, right, sum41);
        ends.Finish(row + 5, column, sum50);
        ends.Finish(row + 5, right, sum51);
        ends.Finish(row + 6, column, sum60);
        ends.Finish(row + 6, right, sum61);
        ends.Finish(row + 7, column, sum70);
        ends.Finish(row + 7, right, sum71);
    }
}
