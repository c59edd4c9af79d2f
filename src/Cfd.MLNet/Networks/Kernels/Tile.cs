using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>A logical vector of 64 bytes of one scalar type, as much of it as a matrix product takes.</summary>
internal unsafe interface ITileLanes<TSelf, TScalar>
    where TSelf : unmanaged, ITileLanes<TSelf, TScalar>
    where TScalar : unmanaged
{
    /// <summary>Whether there are registers enough for tiles of 8 rows by 2 vectors; else 4 rows by 1 vector.</summary>
    static abstract bool PrefersWideTiles { get; }

    static abstract TSelf Load(TScalar* source);

    static abstract void Store(TSelf value, TScalar* target);

    static abstract TSelf Broadcast(TScalar value);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);
}

/// <summary>What a tile starts from and what becomes of its sums; the product in between is always the same.</summary>
internal interface ITileEnds<T>
{
    T Start(nint row, nint column);

    void Finish(nint row, nint column, T sum);
}

/// <summary>
/// The one matrix product, of float32 and float64: C[r, :] = start + sum over k of A[r, k] B[k, :], a tile of rows and columns held in
/// registers. Forward pass, backward pass, weight gradient and the products of influence functions differ in scalars, strides and
/// <see cref="ITileEnds{T}"/> alone.
/// Every element is one chain of fused multiply-adds over k = 0, 1, 2…, so tiling does not touch the bits. Naive code:
/// <code>
/// for r in rows, for j in columns: { sum = start[r, j]; for k in inner: sum = fma(A[r, k], B[k, j], sum); finish(r, j, sum); }
/// </code>
/// </summary>
/// <remarks>
/// A[r, k] is <c>a[r * rowStride + k * innerStride]</c>; B has <c>bStride</c> scalars a row. rows must be a multiple of 4, columns
/// of a logical vector: 16 floats or 8 doubles. For the forward pass rows are samples and k inputs; for the gradient rows are inputs and k samples.
/// </remarks>
internal static unsafe class Tile<T, TScalar, TEnds>
    where T : unmanaged, ITileLanes<T, TScalar>
    where TScalar : unmanaged
    where TEnds : struct, ITileEnds<T>
{
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>Scalars in a logical vector.</summary>
    private static nint Width => 64 / sizeof(TScalar);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        TScalar* a, nint rowStride, nint innerStride, nint rows, nint inner, TScalar* b, nint bStride, nint columns, TEnds ends)
    {
        nint column = 0;
        if (T.PrefersWideTiles)
        {
            for (; column + (2 * Width) <= columns; column += 2 * Width)
            {
                nint wideRow = 0;
                for (; wideRow + 8 <= rows; wideRow += 8)
                    EightByTwo(a + (wideRow * rowStride), rowStride, innerStride, inner, b + column, bStride, wideRow, column, ends);
                if (wideRow == rows) continue;
                TScalar* rest = a + (wideRow * rowStride);
                FourByOne(rest, rowStride, innerStride, inner, b + column, bStride, wideRow, column, ends);
                FourByOne(rest, rowStride, innerStride, inner, b + column + Width, bStride, wideRow, column + Width, ends);
            }
        }

        for (; column < columns; column += Width)
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

    /// <summary>4 rows by 1 vector: 8 sums in 256-bit registers.</summary>
    [MethodImpl(Hot)]
    private static void FourByOne(
        TScalar* a, nint rowStride, nint innerStride, nint inner, TScalar* b, nint bStride, nint row, nint column, TEnds ends)
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

    /// <summary>6 rows by 1 vector: 12 sums in 256-bit registers, enough to hide the latency of a fused multiply-add.</summary>
    [MethodImpl(Hot)]
    private static void SixByOne(
        TScalar* a, nint rowStride, nint innerStride, nint inner, TScalar* b, nint bStride, nint row, nint column, TEnds ends)
    {
        TScalar* lower = a + (3 * rowStride);
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

    /// <summary>8 rows by 2 vectors: 16 sums in 512-bit registers.</summary>
    [MethodImpl(Hot)]
    private static void EightByTwo(
        TScalar* a, nint rowStride, nint innerStride, nint inner, TScalar* b, nint bStride, nint row, nint column, TEnds ends)
    {
        TScalar* lower = a + (4 * rowStride);
        nint two = 2 * rowStride, three = 3 * rowStride, right = column + Width;
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
            T right0 = T.Load(b), right1 = T.Load(b + Width);
            T input = T.Broadcast(a[0]);
            sum00 = T.FusedMultiplyAdd(input, right0, sum00);
            sum01 = T.FusedMultiplyAdd(input, right1, sum01);
            input = T.Broadcast(a[rowStride]);
            sum10 = T.FusedMultiplyAdd(input, right0, sum10);
            sum11 = T.FusedMultiplyAdd(input, right1, sum11);
            input = T.Broadcast(a[two]);
            sum20 = T.FusedMultiplyAdd(input, right0, sum20);
            sum21 = T.FusedMultiplyAdd(input, right1, sum21);
            input = T.Broadcast(a[three]);
            sum30 = T.FusedMultiplyAdd(input, right0, sum30);
            sum31 = T.FusedMultiplyAdd(input, right1, sum31);
            input = T.Broadcast(lower[0]);
            sum40 = T.FusedMultiplyAdd(input, right0, sum40);
            sum41 = T.FusedMultiplyAdd(input, right1, sum41);
            input = T.Broadcast(lower[rowStride]);
            sum50 = T.FusedMultiplyAdd(input, right0, sum50);
            sum51 = T.FusedMultiplyAdd(input, right1, sum51);
            input = T.Broadcast(lower[two]);
            sum60 = T.FusedMultiplyAdd(input, right0, sum60);
            sum61 = T.FusedMultiplyAdd(input, right1, sum61);
            input = T.Broadcast(lower[three]);
            sum70 = T.FusedMultiplyAdd(input, right0, sum70);
            sum71 = T.FusedMultiplyAdd(input, right1, sum71);
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
