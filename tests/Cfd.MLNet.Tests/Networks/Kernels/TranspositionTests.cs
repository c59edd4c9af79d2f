using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

[TestClass]
public sealed unsafe class TranspositionTests
{
    [TestMethod]
    [DataRow(1, 1, 16, 16)]
    [DataRow(3, 5, 16, 16)]
    [DataRow(16, 16, 16, 16)]
    [DataRow(17, 33, 48, 32)]
    [DataRow(40, 7, 16, 48)]
    public void Transpose_PaddedMatrix_MovesItUpToMultiplesOfFourAndLeavesTheRestAlone(
        int rows, int columns, int sourceStride, int targetStride)
    {
        int allRows = (rows + 3) & ~3, allColumns = (columns + 3) & ~3;
        float[] source = [.. Enumerable.Range(1, allRows * sourceStride).Select(number => (float)number)];
        var target = new float[allColumns * targetStride];
        fixed (float* from = source, to = target) Transposition.Transpose(from, rows, sourceStride, to, columns, targetStride);
        for (int column = 0; column < allColumns; column++)
        {
            for (int row = 0; row < targetStride; row++)
            {
                float expected = row < allRows ? source[(row * sourceStride) + column] : 0;
                Assert.AreEqual(expected, target[(column * targetStride) + row], $"[{column}, {row}]");
            }
        }
    }
}
