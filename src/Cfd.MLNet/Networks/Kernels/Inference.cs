using System.Runtime.CompilerServices;
using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// Logits of many rows, a block of <see cref="BlockRows"/> at a time, and the mean logistic loss against labels. Buffers come
/// from the caller's arena.
/// </summary>
internal sealed unsafe class Inference<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Samples per block: the activations of a block stay in the first-level cache.</summary>
    public const int BlockRows = 32;

    private readonly NetworkLayout _layout;
    private readonly float*[] _activations;
    private readonly float* _logits, _labels, _losses, _padded;

    public Inference(NetworkLayout layout, Arena arena)
    {
        _layout = layout;
        _activations = new float*[layout.Layers];
        for (int layer = 0; layer < layout.Layers; layer++) _activations[layer] = arena.Take(BlockRows * layout.Width(layer));
        _logits = arena.Take(BlockRows);
        _labels = arena.Take(BlockRows);
        _losses = arena.Take(BlockRows);
        _padded = arena.Take(BlockRows * layout.Inputs(0));
    }

    /// <summary>Logits of the last block, room for <see cref="BlockRows"/>.</summary>
    public float* BlockLogits => _logits;

    /// <summary>A hidden layer's activations for the last block, [<see cref="BlockRows"/>, width].</summary>
    public float* Activations(int layer) => _activations[layer];

    public static nint ArenaSize(NetworkLayout layout)
    {
        nint size = (3 * Arena.SizeOf(BlockRows)) + Arena.SizeOf(BlockRows * layout.Inputs(0));
        for (int layer = 0; layer < layout.Layers; layer++) size += Arena.SizeOf(BlockRows * layout.Width(layer));
        return size;
    }

    /// <summary>logits[i] of every row of features.</summary>
    public void Logits(float* parameters, FeatureMatrix features, Span<float> logits)
    {
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            Forward(parameters, features.Pointer + ((nint)first * features.Stride), features.Stride, rows);
            new ReadOnlySpan<float>(_logits, rows).CopyTo(logits[first..]);
        }

        GC.KeepAlive(features);
    }

    /// <summary>Mean binary cross entropy, summed in float64 in the order of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double MeanLoss(float* parameters, FeatureMatrix features, float* labels)
    {
        double total = 0;
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            Forward(parameters, features.Pointer + ((nint)first * features.Stride), features.Stride, rows);
            new ReadOnlySpan<float>(labels + first, rows).CopyTo(new Span<float>(_labels, BlockRows));
            OutputLayer<T>.Loss(_logits, _labels, BlockRows, _losses);
            for (int row = 0; row < rows; row++) total += _losses[row];
        }

        GC.KeepAlive(features);
        return total / features.Rows;
    }

    /// <summary>One block of at most 32 rows through all layers, into the logits.</summary>
    private void Forward(float* parameters, float* x, nint stride, int rows)
    {
        int padded = (rows + 3) & ~3;
        if (padded != rows)
        {
            // Kernels work on four rows at a time: what follows the last row must be readable.
            new ReadOnlySpan<float>(x, rows * (int)stride).CopyTo(new Span<float>(_padded, rows * (int)stride));
            x = _padded;
        }

        ForwardPadded(parameters, x, stride, rows);
    }

    /// <summary>
    /// One block of at most 32 rows through all layers, readable up to the next multiple of four rows. Leaves
    /// <see cref="Activations"/> and <see cref="BlockLogits"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForwardPadded(float* parameters, float* x, nint stride, int rows)
    {
        int padded = (rows + 3) & ~3;
        for (int layer = 0; layer < _layout.Layers; layer++)
        {
            DenseLayer<T>.Forward(
                x, stride, padded, _layout.Shape.InputsOf(layer), parameters + _layout.Weights(layer),
                parameters + _layout.Biases(layer), _activations[layer], _layout.Width(layer));
            x = _activations[layer];
            stride = _layout.Width(layer);
        }

        OutputLayer<T>.Forward(
            x, rows, stride, parameters + _layout.OutputWeights, parameters[_layout.OutputBias], _logits);
    }
}
