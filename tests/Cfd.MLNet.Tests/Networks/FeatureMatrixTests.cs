using Cfd.MLNet.Data;

namespace Cfd.MLNet.Tests.Networks;

[TestClass]
public sealed unsafe class FeatureMatrixTests
{
    [TestMethod]
    [DataRow(1, 4)]
    [DataRow(4, 4)]
    [DataRow(5, 8)]
    [DataRow(56, 56)]
    public void Stride_AnyNumberOfColumns_IsRoundedUpToFour(int columns, int stride)
    {
        var matrix = Numbered(3, columns);
        Assert.AreEqual((3, columns, stride), (matrix.Rows, matrix.Columns, matrix.Stride));
        Assert.AreEqual(columns, matrix.Row(2).Length);
    }

    [TestMethod]
    public void Pointer_PaddedRow_HoldsTheRowThenZeros()
    {
        var matrix = Numbered(3, 5);
        var row = new ReadOnlySpan<float>(matrix.Pointer + matrix.Stride, matrix.Stride);
        Numbers.AreSameBits([100, 101, 102, 103, 104, 0, 0, 0], row, "row 1");
        GC.KeepAlive(matrix);
    }

    [TestMethod]
    public void FromRows_NoRows_IsEmpty() => Assert.AreEqual(0, FeatureMatrix.FromRows([]).Rows);

    [TestMethod]
    [DataRow(-1)]
    [DataRow(3)]
    public void Row_OutOfRange_Throws(int row)
    {
        var matrix = Numbered(5, 2).Slice(1, 3);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix.Row(row)[0]);
    }

    [TestMethod]
    public void Slice_OfASlice_SharesTheRows()
    {
        var matrix = Numbered(10, 3);
        var slice = matrix.Slice(2, 6).Slice(1, 3);
        Assert.AreEqual(3, slice.Rows);
        Numbers.AreSameBits([300, 301, 302], slice.Row(0), "first row");
        Assert.AreEqual(300f, *slice.Pointer);
        slice.Row(2)[1] = -7;
        Assert.AreEqual(-7f, matrix.Row(5)[1]);
    }

    [TestMethod]
    [DataRow(-1, 1)]
    [DataRow(0, 4)]
    [DataRow(3, 1)]
    [DataRow(4, 0)]
    [DataRow(2, -1)]
    [DataRow(1, int.MaxValue)]
    public void Slice_OutOfRange_Throws(int first, int count)
    {
        var matrix = Numbered(3, 2);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix.Slice(first, count));
    }

    [TestMethod]
    [DataRow(new int[0], new[] { 0, 1, 2, 3, 4, 5 })]
    [DataRow(new[] { 0 }, new[] { 1, 2, 3, 4, 5, 0 })]
    [DataRow(new[] { 5 }, new[] { 0, 1, 2, 3, 4, 5 })]
    [DataRow(new[] { 1, 2, 4 }, new[] { 0, 3, 5, 1, 2, 4 })]
    [DataRow(new[] { 0, 5 }, new[] { 1, 2, 3, 4, 0, 5 })]
    [DataRow(new[] { 0, 1, 2, 3, 4, 5 }, new[] { 0, 1, 2, 3, 4, 5 })]
    public void MoveToEnd_AnyRows_KeepsBothPartsInOrder(int[] last, int[] expected)
    {
        var matrix = Numbered(6, 5);
        matrix.MoveToEnd(last);
        for (int row = 0; row < 6; row++)
        {
            float first = 100 * expected[row];
            Numbers.AreSameBits([first, first + 1, first + 2, first + 3, first + 4], matrix.Row(row), $"row {row}");
        }
    }

    [TestMethod]
    public void MoveToEnd_OfASlice_LeavesOtherRowsAlone()
    {
        var matrix = Numbered(6, 2);
        matrix.Slice(1, 4).MoveToEnd([0, 2]);
        float[] firsts = [.. Enumerable.Range(0, 6).Select(row => matrix.Row(row)[0])];
        Numbers.AreSameBits([0, 200, 400, 100, 300, 500], firsts, "rows");
    }

    /// <summary>Row r holds 100 r, 100 r + 1, …</summary>
    private static FeatureMatrix Numbered(int rows, int columns)
        => FeatureMatrix.FromRows(
            [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Select(column => (100f * row) + column).ToArray())]);
}
