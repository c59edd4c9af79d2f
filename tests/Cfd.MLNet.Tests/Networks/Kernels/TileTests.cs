using Cfd.MLNet.Common;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

/// <summary>The tiled matrix product against the naive one, bit for bit, for the strides of both its uses.</summary>
[TestClass]
public sealed unsafe class TileTests
{
    private const float Untouched = -12345;

    [TestMethod]
    public void Multiply_128Bits_HasTheBitsOfTheReferenceImplementation() => CheckAll<Lanes128>();

    [TestMethod]
    public void Multiply_256Bits_HasTheBitsOfTheReferenceImplementation() => CheckAll<Lanes256>();

    [TestMethod]
    public void Multiply_512Bits_HasTheBitsOfTheReferenceImplementation() => CheckAll<Lanes512>();

    private static void CheckAll<T>()
        where T : unmanaged, ILanes<T>
    {
        foreach (int rows in new[] { 4, 8, 12, 16, 20, 24, 28, 32, 36, 68 })
        {
            foreach (int columns in new[] { 16, 32, 48, 64, 80 })
            {
                foreach (int inner in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 31, 33 })
                {
                    // As the forward pass reads A (rows are samples) and as the weight gradient does (rows are inputs).
                    Check<T>(rows, inner, columns, rowStride: inner + 3, innerStride: 1, bStride: columns);
                    Check<T>(rows, inner, columns, rowStride: 1, innerStride: rows + 4, bStride: columns + 16);
                }
            }
        }
    }

    private static void Check<T>(int rows, int inner, int columns, int rowStride, int innerStride, int bStride)
        where T : unmanaged, ILanes<T>
    {
        var random = new SeededRandom((ulong)((((rows * 100) + columns) * 100) + inner));
        float[] a = Draw(ref random, (rows * rowStride) + (inner * innerStride) + 1);
        float[] b = Draw(ref random, (inner * bStride) + 1), start = Draw(ref random, rows * columns);
        float[] expected = ReferenceImplementation(a, rowStride, innerStride, rows, inner, b, bStride, columns, start);
        float[] actual = new float[rows * columns];
        Array.Fill(actual, Untouched);
        fixed (float* pa = a, pb = b, from = start, to = actual)
        {
            var ends = new StartAndStore<T>(from, to, columns);
            Tile<T, float, StartAndStore<T>>.Multiply(pa, rowStride, innerStride, rows, inner, pb, bStride, columns, ends);
        }

        Numbers.AreSameBits(expected, actual, $"[{rows}, {inner}] x [{inner}, {columns}], row stride {rowStride}");
    }

    private static float[] ReferenceImplementation(
        float[] a, int rowStride, int innerStride, int rows, int inner, float[] b, int bStride, int columns, float[] start)
    {
        var product = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float sum = start[(row * columns) + column];
                for (int k = 0; k < inner; k++)
                    sum = MathF.FusedMultiplyAdd(a[(row * rowStride) + (k * innerStride)], b[(k * bStride) + column], sum);
                product[(row * columns) + column] = sum;
            }
        }

        return product;
    }

    private static float[] Draw(ref SeededRandom random, int count)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan()) value = (float)((2 * random.NextDouble()) - 1);
        return values;
    }

    /// <summary>Starts from one matrix, stores into another; a tile finished twice would show.</summary>
    private readonly struct StartAndStore<T>(float* start, float* target, nint stride) : ITileEnds<T>
        where T : unmanaged, ILanes<T>
    {
        public T Start(nint row, nint column) => T.Load(start + (row * stride) + column);

        public void Finish(nint row, nint column, T sum)
        {
            float* at = target + (row * stride) + column;
            Assert.AreEqual(Untouched, *at, "finished twice");
            T.Store(sum, at);
        }
    }
}
