using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// The Hessian of a batch's mean loss times a direction (Pearlmutter 1994), a block of samples at a time, on the activations and
/// derivatives that <see cref="BatchGradient{T}"/> left. On the way it meets each sample's logit slope in the direction,
/// &lt;direction, gradient of the logit&gt;. One worker's buffers, from its arena.
/// </summary>
internal sealed unsafe class HessianProduct<T>
    where T : unmanaged, ILanes<T>
{
    private const int BlockRows = BatchGradient<T>.BlockRows;

    private readonly NetworkLayout _layout;
    private readonly BatchGradient<T> _batch;
    private readonly float*[] _rates, _derivativeRates, _transposed;
    private readonly float* _slopes, _deltaRates, _zeros;

    public HessianProduct(NetworkLayout layout, BatchGradient<T> batch, Arena arena)
    {
        _layout = layout;
        _batch = batch;
        LogitSlopes = arena.Take(BlockRows);
        _slopes = arena.Take(BlockRows);
        _deltaRates = arena.Take(BlockRows);
        _zeros = arena.Take(WidestLayer(layout));
        (_rates, _derivativeRates, _transposed) = (new float*[layout.Layers], new float*[layout.Layers], new float*[layout.Layers]);
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            _rates[layer] = arena.Take(BlockRows * layout.Width(layer));
            _derivativeRates[layer] = arena.Take(BlockRows * layout.Width(layer));
        }
    }

    /// <summary>&lt;direction, gradient of the logit&gt; of the samples of the block that <see cref="Add"/> saw last.</summary>
    public float* LogitSlopes { get; }

    public static nint ArenaSize(NetworkLayout layout)
    {
        nint size = (3 * Arena.SizeOf(BlockRows)) + Arena.SizeOf(WidestLayer(layout));
        for (int layer = 0; layer < layout.Layers; layer++) size += 2 * Arena.SizeOf(BlockRows * layout.Width(layer));
        return size;
    }

    /// <summary>Floats of a direction's transposed weights, which <see cref="Add"/> takes beside it.</summary>
    public static nint TransposedSize(NetworkLayout layout)
    {
        nint size = 0;
        for (int layer = 1; layer < layout.Layers; layer++) size += Arena.SizeOf(BatchGradient<T>.TransposedSize(layout, layer));
        return size;
    }

    /// <summary>Transposes a direction's weights, as <see cref="BatchGradient{T}.UseWeights"/> does the network's own.</summary>
    public void Transpose(float* direction, float* transposed)
        => BatchGradient<T>.TransposeWeights(_layout, direction, Layers(transposed));

    /// <summary>Takes up the block that went through the batch gradient last: p (1 - p) scale of its samples.</summary>
    public void Enter(SampleBlock block, float scale)
    {
        TangentOutput<T>.Slopes(_batch.Logits, BlockRows, scale, _slopes);
        new Span<float>(_slopes + block.Rows, BlockRows - block.Rows).Clear();
    }

    /// <summary>Adds the block's part of the product, from the batch's first block on; the output bias's waits in lanes of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(float* parameters, float* direction, float* transposed, SampleBlock block, float* product, float* outputBiasLanes, bool isFirst)
    {
        int last = _layout.Layers - 1, padded = block.PaddedRows;
        Forward(parameters, direction, block);
        TangentOutput<T>.DeltaRates(_slopes, LogitSlopes, BlockRows, _deltaRates);
        new Span<float>(_deltaRates + block.Rows, BlockRows - block.Rows).Clear();
        OutputLayer<T>.AddToLanes(_deltaRates, BlockRows, outputBiasLanes);
        TangentOutput<T>.Backward(
            _batch.Activations(last), _rates[last], _batch.Delta, _deltaRates, padded, _layout.Width(last),
            parameters + _layout.OutputWeights, direction + _layout.OutputWeights, _derivativeRates[last],
            product + _layout.OutputWeights, product + _layout.Biases(last), isFirst);

        float*[] directionTransposed = Layers(transposed);
        for (int layer = last; layer > 0; layer--)
        {
            int width = _layout.Width(layer), lowerWidth = _layout.Width(layer - 1);
            TangentLayer<T>.Backward(
                _batch.Derivatives(layer), _derivativeRates[layer], width, padded, _layout.Shape.Hidden[layer], _batch.Transposed(layer),
                directionTransposed[layer], _zeros, _batch.Activations(layer - 1), _derivativeRates[layer - 1], lowerWidth);
            DenseLayer<T>.BiasGradient(_derivativeRates[layer - 1], block.Rows, lowerWidth, product + _layout.Biases(layer - 1), isFirst);
            float* weights = product + _layout.Weights(layer);
            DenseLayer<T>.WeightGradient(
                _batch.Activations(layer - 1), lowerWidth, block.Rows, _layout.Inputs(layer), _derivativeRates[layer], width, weights, isFirst);
            DenseLayer<T>.WeightGradient(
                _rates[layer - 1], lowerWidth, block.Rows, _layout.Inputs(layer), _batch.Derivatives(layer), width, weights, isFirstBlock: false);
        }

        DenseLayer<T>.WeightGradient(
            block.Input, block.Stride, block.Rows, _layout.Inputs(0), _derivativeRates[0], _layout.Width(0),
            product + _layout.Weights(0), isFirst);
    }

    private void Forward(float* parameters, float* direction, SampleBlock block)
    {
        int last = _layout.Layers - 1;
        TangentLayer<T>.ForwardFirst(
            block.Input, block.Stride, block.PaddedRows, _layout.Shape.Inputs, direction + _layout.Weights(0), direction + _layout.Biases(0),
            _batch.Activations(0), _rates[0], _layout.Width(0));
        for (int layer = 1; layer <= last; layer++)
        {
            TangentLayer<T>.Forward(
                _batch.Activations(layer - 1), _rates[layer - 1], _layout.Width(layer - 1), block.PaddedRows, _layout.Shape.InputsOf(layer),
                parameters + _layout.Weights(layer), direction + _layout.Weights(layer), direction + _layout.Biases(layer),
                _batch.Activations(layer), _rates[layer], _layout.Width(layer));
        }

        TangentOutput<T>.Forward(
            _batch.Activations(last), _rates[last], block.Rows, _layout.Width(last), parameters + _layout.OutputWeights,
            direction + _layout.OutputWeights, direction[_layout.OutputBias], LogitSlopes);
    }

    /// <summary>Where each layer's transposed weights lie in one run of floats.</summary>
    private float*[] Layers(float* transposed)
    {
        for (int layer = 1; layer < _layout.Layers; layer++)
        {
            _transposed[layer] = transposed;
            transposed += Arena.SizeOf(BatchGradient<T>.TransposedSize(_layout, layer));
        }

        return _transposed;
    }

    private static int WidestLayer(NetworkLayout layout)
    {
        int widest = 0;
        for (int layer = 0; layer < layout.Layers; layer++) widest = Math.Max(widest, layout.Width(layer));
        return widest;
    }
}
