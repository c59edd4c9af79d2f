using Cfd.MLNet.Data;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

/// <summary>Every row length and every instruction-set path against copying row by row, the matrix's last row included.</summary>
[TestClass]
public sealed unsafe class GatherTests
{
    private const int Rows = 7;

    [TestMethod]
    public void Rows_AnyStride_CopiesFeaturesAndLabels()
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            Check<Lanes128>(columns);
            Check<Lanes256>(columns);
            Check<Lanes512>(columns);
        }
    }

    private static void Check<T>(int columns)
        where T : unmanaged, ILanes<T>
    {
        int[] order = [6, 0, 3, 3, 6];
        var features = FeatureMatrix.Allocate(Rows, columns);
        using var arena = new Arena(Arena.SizeOf((order.Length * features.Stride) + ILanes<T>.Count) + (2 * Arena.SizeOf(Rows)));
        float* target = arena.Take((order.Length * features.Stride) + ILanes<T>.Count), labels = arena.Take(Rows), targetLabels = arena.Take(Rows);
        for (int row = 0; row < Rows; row++)
        {
            labels[row] = row % 2;
            for (int i = 0; i < columns; i++) features.Row(row)[i] = (row * 100) + i;
        }

        Gather<T>.Rows(order, features.Pointer, features.Stride, labels, target, targetLabels);
        for (int i = 0; i < order.Length; i++)
        {
            var expected = features.Row(order[i]);
            Assert.IsTrue(expected.SequenceEqual(new ReadOnlySpan<float>(target + (i * features.Stride), columns)), $"{columns} columns, row {i}");
            Assert.AreEqual(order[i] % 2, targetLabels[i]);
        }
    }
}
