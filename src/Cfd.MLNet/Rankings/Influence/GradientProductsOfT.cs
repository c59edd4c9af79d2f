using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// <see cref="GradientProducts"/> on vectors. A block of rows at a time: G v is a matrix product a layer, [rows, inputs] by
/// [inputs, units], then a sum against the derivatives; G^T r is one of [inputs, rows] by [rows, units].
/// </summary>
internal sealed unsafe class GradientProducts<T>(LogitGradients gradients, VectorWidth width) : GradientProducts(gradients, width)
    where T : unmanaged, IDoubleLanes<T>
{
    private const int BlockRows = 64;

    /// <summary>Rows whose part of a product with G^T is summed up before it joins the total: fixes the order of additions.</summary>
    private const int ChunkRows = 2048;

    private readonly ConcurrentBag<Buffers> _idle = [];

    public override void Multiply(ReadOnlySpan<double> v, Span<double> product, int workers)
    {
        var vector = Unpacked(v);
        var sums = new double[Gradients.PaddedRows];
        Workers.ForBlocks(Gradients.PaddedRows, ChunkRows, workers, (first, count) =>
        {
            var buffers = Rent();
            for (int row = first; row < first + count; row += BlockRows)
            {
                int rows = Math.Min(BlockRows, first + count - row);
                BlockProduct(vector.Pointer, row, rows, buffers);
                buffers.Sums.Span[..rows].CopyTo(sums.AsSpan(row));
            }

            _idle.Add(buffers);
        });
        GC.KeepAlive(vector);
        sums.AsSpan(0, Rows).CopyTo(product);
    }

    public override void MultiplyTransposed(ReadOnlySpan<double> r, Span<double> product, int workers)
    {
        double[] factors = [.. r, .. new double[Gradients.PaddedRows - Rows]];
        Sum(product, workers, (first, rows, buffers) => factors.AsSpan(first, rows).CopyTo(buffers.Sums.Span));
    }

    public override void Quadratic(ReadOnlySpan<double> weights, ReadOnlySpan<double> v, Span<double> product, int workers)
    {
        var vector = Unpacked(v);
        double[] factors = [.. weights, .. new double[Gradients.PaddedRows - Rows]];
        Sum(product, workers, (first, rows, buffers) =>
        {
            BlockProduct(vector.Pointer, first, rows, buffers);
            for (int row = 0; row < rows; row++) buffers.Sums.Span[row] *= factors[first + row];
        });
        GC.KeepAlive(vector);
    }

    public override double[] RowGram(int workers, CancellationToken cancellationToken) => RowGram<T>.Create(Gradients, workers, cancellationToken);

    public override double[] ParameterGram(ReadOnlySpan<double> weights, int workers, CancellationToken cancellationToken) => ParameterGram<T>.Create(Gradients, weights, workers, cancellationToken);

    /// <summary>product = sum of the rows' gradients times the factors that <paramref name="factors"/> leaves in the buffers' sums.</summary>
    private void Sum(Span<double> product, int workers, Action<int, int, Buffers> factors)
    {
        var total = new double[Gradients.Layout.Size];
        int chunks = (Gradients.PaddedRows + ChunkRows - 1) / ChunkRows, wave = Math.Max(1, workers);
        for (int start = 0; start < chunks; start += wave)
        {
            var parts = new Buffers[Math.Min(wave, chunks - start)];
            Workers.For(parts.Length, workers, part => parts[part] = Chunk((start + part) * ChunkRows, factors));
            foreach (var part in parts)
            {
                var partial = part.Total.Span;
                for (int i = 0; i < total.Length; i++) total[i] += partial[i];
                _idle.Add(part);
            }
        }

        Gradients.Layout.Pack(total, product);
    }

    private Buffers Chunk(int start, Action<int, int, Buffers> factors)
    {
        var buffers = Rent();
        buffers.Total.Span.Clear();
        int end = Math.Min(Gradients.PaddedRows, start + ChunkRows);
        for (int first = start; first < end; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, end - first);
            factors(first, rows, buffers);
            AddBlock(first, rows, buffers);
        }

        return buffers;
    }

    /// <summary>Sums[row] = gradient of the row times v, for a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlockProduct(double* v, int first, int rows, Buffers buffers)
    {
        var layout = Gradients.Layout;
        double* scratch = buffers.Scratch.Pointer, lanes = buffers.Lanes.Pointer, sums = buffers.Sums.Pointer;
        buffers.Lanes.Span.Clear();
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            nint inputs = layout.Inputs(layer), units = layout.Units(layer);
            DoubleTile<T>.Multiply(
                Gradients.Inputs(layer) + (first * inputs), inputs, 1, rows, layout.Shape.InputsOf(layer) + 1,
                v + layout.Offset(layer), units, units, scratch, units, adds: false);
            double* derivatives = Gradients.Derivatives(layer) + (first * units);
            for (nint row = 0; row < rows; row++)
            {
                T sum = T.Load(lanes + (row * IDoubleLanes<T>.Count));
                for (nint unit = row * units; unit < (row + 1) * units; unit += IDoubleLanes<T>.Count)
                    sum = T.FusedMultiplyAdd(T.Load(scratch + unit), T.Load(derivatives + unit), sum);
                T.Store(sum, lanes + (row * IDoubleLanes<T>.Count));
            }
        }

        for (nint row = 0; row < rows; row++) sums[row] = T.Sum(T.Load(lanes + (row * IDoubleLanes<T>.Count)));
        GC.KeepAlive(buffers);
    }

    /// <summary>Total += Sums[row] times the gradient of the row, for a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock(int first, int rows, Buffers buffers)
    {
        var layout = Gradients.Layout;
        double* scratch = buffers.Scratch.Pointer, sums = buffers.Sums.Pointer;
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            nint inputs = layout.Inputs(layer), units = layout.Units(layer);
            double* derivatives = Gradients.Derivatives(layer) + (first * units);
            for (nint row = 0; row < rows; row++)
            {
                T factor = T.Broadcast(sums[row]);
                for (nint unit = row * units; unit < (row + 1) * units; unit += IDoubleLanes<T>.Count)
                    T.Store(T.Multiply(factor, T.Load(derivatives + unit)), scratch + unit);
            }

            DoubleTile<T>.Multiply(
                Gradients.Inputs(layer) + (first * inputs), 1, inputs, inputs, rows,
                scratch, units, units, buffers.Total.Pointer + layout.Offset(layer), units, adds: true);
        }

        GC.KeepAlive(buffers);
    }

    private AlignedDoubles Unpacked(ReadOnlySpan<double> v)
    {
        var padded = new AlignedDoubles(Gradients.Layout.Size);
        Gradients.Layout.Unpack(v, padded.Span);
        return padded;
    }

    private Buffers Rent() => _idle.TryTake(out var buffers) ? buffers : new Buffers(Gradients.Layout);

    private sealed class Buffers(GradientLayout layout)
    {
        /// <summary>A sum over the parameters, in the padded order.</summary>
        public AlignedDoubles Total { get; } = new(layout.Size);

        /// <summary>[block, units] of a layer.</summary>
        public AlignedDoubles Scratch { get; } = new(BlockRows * Enumerable.Range(0, layout.Layers).Max(layout.Units));

        public AlignedDoubles Lanes { get; } = new(BlockRows * IDoubleLanes<T>.Count);

        /// <summary>One number a row of the block.</summary>
        public AlignedDoubles Sums { get; } = new(BlockRows);
    }
}
