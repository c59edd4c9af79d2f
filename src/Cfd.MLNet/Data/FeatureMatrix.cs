using System.Runtime.InteropServices;

namespace Cfd.MLNet.Data;

/// <summary>
/// Rows of features, float32, row-major. Each row starts at a multiple of four floats; the rest of a row is zero, so that
/// kernels may read four inputs at a time; 16 floats from any start within a row may be read. The buffer does not move (pinned
/// heap) and is shared by all slices of it.
/// </summary>
internal sealed class FeatureMatrix
{
    private const int ReadAhead = 12;
    private readonly float[] _values;
    private readonly int _firstRow;

    private FeatureMatrix(float[] values, int firstRow, int rows, int columns)
    {
        _values = values;
        _firstRow = firstRow;
        Rows = rows;
        Columns = columns;
        Stride = PaddedColumns(columns);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Floats from one row to the next: <see cref="Columns"/> rounded up to four.</summary>
    public int Stride { get; }

    public static int PaddedColumns(int columns) => (columns + 3) & ~3;

    /// <summary>An all-zero matrix of [rows, columns].</summary>
    public static FeatureMatrix Allocate(int rows, int columns)
        => new(GC.AllocateArray<float>(checked((rows * PaddedColumns(columns)) + ReadAhead), pinned: true), 0, rows, columns);

    public static FeatureMatrix FromRows(IReadOnlyList<ReadOnlyMemory<float>> rows)
    {
        var matrix = Allocate(rows.Count, rows.Count == 0 ? 0 : rows[0].Length);
        for (int i = 0; i < rows.Count; i++) rows[i].Span.CopyTo(matrix.Row(i));
        return matrix;
    }

    public Span<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _values.AsSpan((_firstRow + row) * Stride, Columns);
    }

    /// <summary>A row as memory that may be kept; not to be written to.</summary>
    public ReadOnlyMemory<float> RowMemory(int row) => _values.AsMemory((_firstRow + row) * Stride, Columns);

    /// <summary>Rows [first, first + count) over the same buffer.</summary>
    public FeatureMatrix Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Rows, nameof(count));
        return new FeatureMatrix(_values, _firstRow + first, count, Columns);
    }

    /// <summary>A copy with room for that many rows; for reading views that do not know their length.</summary>
    public FeatureMatrix Resize(int rows)
    {
        var larger = Allocate(rows, Columns);
        _values.AsSpan(_firstRow * Stride, Math.Min(rows, Rows) * Stride).CopyTo(larger._values);
        return larger;
    }

    /// <summary>
    /// Moves the rows listed in <paramref name="last"/> (ascending) behind all others; both parts keep their order.
    /// </summary>
    public void MoveToEnd(ReadOnlySpan<int> last)
    {
        if (last.IsEmpty) return;
        var moved = new float[last.Length * Stride];
        for (int i = 0; i < last.Length; i++) PaddedRow(last[i]).CopyTo(moved.AsSpan(i * Stride));
        int target = 0, next = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (next < last.Length && last[next] == row) next++;
            else PaddedRow(row).CopyTo(PaddedRow(target++));
        }
        for (int i = 0; i < last.Length; i++) moved.AsSpan(i * Stride, Stride).CopyTo(PaddedRow(target++));
    }

    /// <summary>The first float of the first row. Valid as long as this object lives; the buffer is pinned.</summary>
    public unsafe float* Pointer
        => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) + ((long)_firstRow * Stride);

    private Span<float> PaddedRow(int row) => _values.AsSpan((_firstRow + row) * Stride, Stride);
}
