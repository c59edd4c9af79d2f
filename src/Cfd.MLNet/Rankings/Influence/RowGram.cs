using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// G G^T, [rows, rows] padded to 16 by zeros, by layers: <c>K[i, j] = sum over layers (a_i . a_j + 1)(d_i . d_j)</c>, a block of rows by a block of rows at
/// a time.
/// </summary>
internal static unsafe class RowGram<T>
    where T : unmanaged, IDoubleLanes<T>
{
    private const int BlockRows = 64;

    public static double[] Create(LogitGradients gradients, int workers, CancellationToken cancellationToken)
    {
        int rows = gradients.Rows, blocks = (rows + BlockRows - 1) / BlockRows;
        int size = SymmetricMatrix.PaddedSize(rows);
        var gram = new double[checked(size * size)];
        // The first block has the most to do, the last the least.
        InOrder.Run(blocks, workers, block =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tile = new Block(gradients, block * BlockRows);
            for (int first = block * BlockRows; first < rows; first += BlockRows) tile.Write(first, gram);
        }, cancellationToken);
        return gram;
    }

    /// <summary>A block of columns of the matrix: the rows' factors, transposed.</summary>
    private sealed class Block
    {
        private readonly LogitGradients _gradients;
        private readonly int _start;
        private readonly AlignedDoubles[] _inputs, _derivatives;
        private readonly AlignedDoubles _left = new(BlockRows * BlockRows), _right = new(BlockRows * BlockRows), _sum = new(BlockRows * BlockRows);

        public Block(LogitGradients gradients, int start)
        {
            _gradients = gradients;
            _start = start;
            int count = Math.Min(BlockRows, gradients.PaddedRows - start);
            var layout = gradients.Layout;
            _inputs = [.. Enumerable.Range(0, layout.Layers).Select(layer => Transposed(gradients.Inputs(layer), start, count, layout.Inputs(layer)))];
            _derivatives = [.. Enumerable.Range(0, layout.Layers).Select(layer => Transposed(gradients.Derivatives(layer), start, count, layout.Units(layer)))];
        }

        /// <summary>The rows from first on of this block's columns, and their mirror image.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Write(int first, double[] gram)
        {
            var layout = _gradients.Layout;
            int padded = Math.Min(BlockRows, _gradients.PaddedRows - first);
            _sum.Span.Clear();
            double* sum = _sum.Pointer, left = _left.Pointer, right = _right.Pointer;
            for (int layer = 0; layer < layout.Layers; layer++)
            {
                Product(_gradients.Inputs(layer), first, padded, layout.Inputs(layer), layout.Shape.InputsOf(layer) + 1, _inputs[layer], left);
                Product(_gradients.Derivatives(layer), first, padded, layout.Units(layer), layout.UnpaddedUnits(layer), _derivatives[layer], right);
                for (nint i = 0; i < padded * BlockRows; i += IDoubleLanes<T>.Count)
                    T.Store(T.FusedMultiplyAdd(T.Load(left + i), T.Load(right + i), T.Load(sum + i)), sum + i);
            }

            int rows = _gradients.Rows, size = SymmetricMatrix.PaddedSize(rows), columns = Math.Min(BlockRows, rows - _start);
            for (int row = 0; row < Math.Min(padded, rows - first); row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    double value = sum[(row * BlockRows) + column];
                    gram[((first + row) * size) + _start + column] = value;
                    gram[((_start + column) * size) + first + row] = value;
                }
            }

            GC.KeepAlive(this);
        }

        private static void Product(double* factors, int first, int rows, nint stride, int inner, AlignedDoubles transposed, double* product)
            => DoubleTile<T>.Multiply(
                factors + (first * stride), stride, 1, rows, inner, transposed.Pointer, BlockRows, BlockRows, product, BlockRows, adds: false);

        private static AlignedDoubles Transposed(double* factors, int start, int count, int stride)
        {
            var transposed = new AlignedDoubles(stride * BlockRows);
            var target = transposed.Span;
            for (int row = 0; row < count; row++)
            {
                double* source = factors + ((nint)(start + row) * stride);
                for (int i = 0; i < stride; i++) target[(i * BlockRows) + row] = source[i];
            }

            return transposed;
        }
    }
}
