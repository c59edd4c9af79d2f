using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// P A = L U with partial pivoting (Golub and Van Loan, section 3.4), in blocks of columns, so that nearly all work is matrix products: a
/// matrix over Adult's parameters in seconds. Bits depend neither on workers nor on the vector width. Thread-safe.
/// </summary>
internal sealed unsafe class BlockedLu
{
    private const int Block = 64;
    private const int Panel = SymmetricMatrix.Panel;
    private readonly double[] _factors;
    private readonly int _size;
    private readonly int[] _rows;

    private BlockedLu(double[] matrix, int size)
    {
        _factors = matrix;
        _size = size;
        _rows = [.. Enumerable.Range(0, size)];
    }

    /// <param name="matrix">A, [size, size] row-major; overwritten and kept.</param>
    /// <param name="size">A multiple of 16.</param>
    /// <param name="width">Registers to work in.</param>
    /// <param name="workers">Change nothing but the time.</param>
    /// <param name="cancellationToken">Checked between blocks of columns.</param>
    public static BlockedLu Factor(double[] matrix, int size, VectorWidth width, int workers, CancellationToken cancellationToken)
    {
        var lu = new BlockedLu(matrix, size);
        for (int start = 0; start < size; start += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(start + Block, size);
            lu.FactorColumns(start, end);
            lu.SolveUpper(start, end, workers);
            switch (width)
            {
                case VectorWidth.Bits512: lu.Update<DoubleLanes512>(start, end, workers); break;
                case VectorWidth.Bits256: lu.Update<DoubleLanes256>(start, end, workers); break;
                default: lu.Update<DoubleLanes128>(start, end, workers); break;
            }
        }

        return lu;
    }

    /// <summary>x of A x = b; b of up to size elements, zeros behind.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = new double[_size];
        for (int row = 0; row < _size; row++) x[row] = _rows[row] < b.Length ? b[_rows[row]] : 0;
        for (int row = 0; row < _size; row++) x[row] -= Vectors.Dot(Row(row)[..row], x);
        for (int row = _size - 1; row >= 0; row--)
        {
            var upper = Row(row);
            x[row] = (x[row] - Vectors.Dot(upper[(row + 1)..], x.AsSpan(row + 1))) / upper[row];
        }

        return x;
    }

    /// <summary>L and U of columns [start, end), from row start down; rows swap as a whole.</summary>
    private void FactorColumns(int start, int end)
    {
        for (int column = start; column < end; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < _size; row++)
            {
                if (Math.Abs(Row(row)[column]) > Math.Abs(Row(pivot)[column])) pivot = row;
            }

            if (pivot != column) Swap(pivot, column);
            var upper = Row(column)[column..end];
            for (int row = column + 1; row < _size; row++)
            {
                var lower = Row(row)[column..end];
                double factor = lower[0] /= upper[0];
                if (factor != 0) Vectors.Add(-factor, upper[1..], lower[1..]);
            }
        }
    }

    /// <summary>U of rows [start, end), right of the block: L^-1 A.</summary>
    private void SolveUpper(int start, int end, int workers)
        => Workers.ForBlocks(_size - end, 512, workers, (first, count) =>
        {
            for (int row = start + 1; row < end; row++)
            {
                var target = Row(row).Slice(end + first, count);
                for (int above = start; above < row; above++) Vectors.Add(-Row(row)[above], Row(above).Slice(end + first, count), target);
            }
        });

    /// <summary>A -= L U right of and below the block.</summary>
    private void Update<T>(int start, int end, int workers)
        where T : unmanaged, IDoubleLanes<T>
    {
        int inner = end - start, rest = _size - end;
        var upper = new AlignedDoubles(rest * inner);
        Workers.For(rest / Panel, workers, panel =>
        {
            for (int k = 0; k < inner; k++)
                Row(start + k).Slice(end + (panel * Panel), Panel).CopyTo(upper.Span[(((panel * inner) + k) * Panel)..]);
        });
        Workers.ForBlocks(rest, Block, workers, (first, count) =>
        {
            var lower = new AlignedDoubles(count * inner);
            for (int row = 0; row < count; row++)
            {
                for (int k = 0; k < inner; k++) lower.Span[(row * inner) + k] = -Row(end + first + row)[start + k];
            }

            Multiply<T>(lower, upper, end + first, count, inner, end);
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<T>(AlignedDoubles lower, AlignedDoubles upper, int row, int rows, int inner, int column)
        where T : unmanaged, IDoubleLanes<T>
    {
        fixed (double* target = Row(row))
        {
            for (nint panel = 0; panel < (_size - column) / Panel; panel++)
            {
                DoubleTile<T>.Multiply(
                    lower.Pointer, inner, 1, rows, inner, upper.Pointer + (panel * inner * Panel), Panel, Panel,
                    target + column + (panel * Panel), _size, adds: true);
            }
        }

        GC.KeepAlive(lower);
        GC.KeepAlive(upper);
    }

    private void Swap(int row, int other)
    {
        var buffer = Row(row).ToArray();
        Row(other).CopyTo(Row(row));
        buffer.CopyTo(Row(other));
        (_rows[row], _rows[other]) = (_rows[other], _rows[row]);
    }

    private Span<double> Row(int row) => _factors.AsSpan(row * _size, _size);
}
