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
    public void Transpose_PaddedMatrix_MovesItAndLeavesPaddingAlone(int rows, int columns, int sourceStride, int targetStride)
    {
        var source = new float[rows * sourceStride];
        for (int i = 0; i < source.Length; i++) source[i] = i + 1;
        var target = new float[columns * targetStride];
        fixed (float* from = source, to = target) Transposition.Transpose(from, rows, sourceStride, to, columns, targetStride);
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < targetStride; row++)
            {
                float expected = row < rows ? source[(row * sourceStride) + column] : 0;
                Assert.AreEqual(expected, target[(column * targetStride) + row], $"[{column}, {row}]");
            }
        }
    }
}
