using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks;

/// <summary>
/// The gradient of the mean loss over a batch, a block of samples at a time: forward, loss derivative, backward. The gradients of a
/// batch's blocks add up, from the first one on. One worker's buffers, from its arena.
/// </summary>
internal sealed unsafe class BatchGradient<T>
    where T : unmanaged, ILanes<T>
{
    public const int BlockRows = Inference<T>.BlockRows;

    private readonly TrainingProblem _problem;
    private readonly NetworkLayout _layout;
    private readonly Inference<T> _inference;
    private readonly float* _labels, _input, _biasLanes;
    private readonly float*[] _transposed, _derivatives;
    private SampleBlock _block;

    public BatchGradient(TrainingProblem problem, NetworkLayout layout, Inference<T> inference, Arena arena)
    {
        _problem = problem;
        _layout = layout;
        _inference = inference;
        _labels = arena.Take(problem.TrainingLabels.Length);
        _input = arena.Take((BlockRows * layout.Inputs(0)) + ILanes<T>.Count);
        BlockLabels = arena.Take(BlockRows);
        Delta = arena.Take(BlockRows);
        _biasLanes = arena.Take(ILanes<T>.Count);
        _transposed = new float*[layout.Layers];
        _derivatives = new float*[layout.Layers];
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            if (layer > 0) _transposed[layer] = arena.Take(TransposedSize(layout, layer));
            _derivatives[layer] = arena.Take(BlockRows * layout.Width(layer));
        }
    }

    /// <summary>Labels of the block's samples.</summary>
    public float* BlockLabels { get; }

    /// <summary>Loss derivative by the logit, (sigmoid(z) - y) scale, of the block's samples; 0 behind them.</summary>
    public float* Delta { get; }

    public float* Logits => _inference.BlockLogits;

    public static nint ArenaSize(TrainingProblem problem, NetworkLayout layout)
    {
        nint size = Arena.SizeOf(problem.TrainingLabels.Length) + Arena.SizeOf((BlockRows * layout.Inputs(0)) + ILanes<T>.Count);
        size += (2 * Arena.SizeOf(BlockRows)) + Arena.SizeOf(ILanes<T>.Count);
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            if (layer > 0) size += Arena.SizeOf(TransposedSize(layout, layer));
            size += Arena.SizeOf(BlockRows * layout.Width(layer));
        }

        return size;
    }

    /// <summary>Floats of a layer's transposed weights.</summary>
    public static nint TransposedSize(NetworkLayout layout, int layer)
        => ((layout.Shape.Hidden[layer] + 3) & ~3) * (nint)layout.Width(layer - 1);

    /// <summary>A hidden layer's activations for the block.</summary>
    public float* Activations(int layer) => _inference.Activations(layer);

    /// <summary>The loss derivative by a hidden layer's sums, for the block.</summary>
    public float* Derivatives(int layer) => _derivatives[layer];

    /// <summary>A layer's weights as <see cref="UseWeights"/> transposed them, from layer 1 on.</summary>
    public float* Transposed(int layer) => _transposed[layer];

    /// <summary>The training labels, those of the flipped rows turned over.</summary>
    public void SetLabels(ReadOnlySpan<int> flippedRows)
    {
        var labels = new Span<float>(_labels, _problem.TrainingLabels.Length);
        _problem.TrainingLabels.CopyTo(labels);
        foreach (int row in flippedRows) labels[row] = 1 - labels[row];
        new Span<float>(_biasLanes, ILanes<T>.Count).Clear();
    }

    /// <summary>Transposes the weights, which backward passes read by columns.</summary>
    public void UseWeights(float* parameters) => TransposeWeights(_layout, parameters, _transposed);

    /// <summary>Weights of the layers from 1 on, in <paramref name="transposed"/> by layer.</summary>
    public static void TransposeWeights(NetworkLayout layout, float* parameters, float*[] transposed)
    {
        for (int layer = 1; layer < layout.Layers; layer++)
        {
            Transposition.Transpose(
                parameters + layout.Weights(layer), layout.Shape.Hidden[layer - 1], layout.Width(layer),
                transposed[layer], layout.Shape.Hidden[layer], layout.Width(layer - 1));
        }
    }

    /// <summary>
    /// The samples from <paramref name="first"/> of a batch on, at most <see cref="BlockRows"/>, readable up to a multiple of four: in
    /// place for a full batch, else gathered.
    /// </summary>
    public SampleBlock Load(in BatchRows rows, int first)
    {
        var features = _problem.TrainingFeatures;
        nint stride = features.Stride;
        float* source = features.Pointer;
        int count = Math.Min(BlockRows, rows.Count - first), start = rows.Start + first;
        if (rows.Order is { } order)
        {
            int next = start + count;
            Gather<T>.Rows(order.AsSpan(start, count), source, stride, _labels, _input, BlockLabels);
            Gather<T>.Prefetch(order.AsSpan(next, Math.Min(BlockRows, order.Length - next)), source, stride);
            return new SampleBlock(_input, stride, count);
        }

        Buffer.MemoryCopy(_labels + start, BlockLabels, BlockRows * sizeof(float), count * sizeof(float));
        return InPlace(source + (start * stride), stride, count);
    }

    /// <summary>Rows that lie next to each other.</summary>
    public SampleBlock InPlace(float* source, nint stride, int count)
    {
        if (count % 4 == 0) return new SampleBlock(source, stride, count);
        Buffer.MemoryCopy(source, _input, BlockRows * stride * sizeof(float), count * stride * sizeof(float));
        return new SampleBlock(_input, stride, count);
    }

    /// <summary>
    /// Forward, the loss derivative times scale, and backward: leaves activations and derivatives of the block, and its gradient of
    /// the output layer and the last hidden biases.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backpropagate(float* parameters, SampleBlock block, float scale, float* gradient, bool isFirst)
    {
        _inference.ForwardPadded(parameters, block.Input, block.Stride, block.Rows);
        OutputLayer<T>.LossDerivative(Logits, BlockLabels, BlockRows, scale, Delta);
        Backward(parameters, block, gradient, isFirst);
    }

    /// <summary>As <see cref="Backpropagate"/> with the logit itself, times scale, in place of the loss.</summary>
    public void BackpropagateLogit(float* parameters, SampleBlock block, float scale, float* gradient, bool isFirst)
    {
        _inference.ForwardPadded(parameters, block.Input, block.Stride, block.Rows);
        new Span<float>(Delta, block.Rows).Fill(scale);
        Backward(parameters, block, gradient, isFirst);
    }

    /// <summary>The block's gradient of all that <see cref="Backpropagate"/> has left out: weights and the lower biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddWeightGradients(float* gradient, bool isFirst)
    {
        for (int layer = _layout.Layers - 1; layer > 0; layer--)
        {
            DenseLayer<T>.BiasGradient(
                _derivatives[layer - 1], _block.Rows, _layout.Width(layer - 1), gradient + _layout.Biases(layer - 1), isFirst);
            DenseLayer<T>.WeightGradient(
                Activations(layer - 1), _layout.Width(layer - 1), _block.Rows, _layout.Inputs(layer), _derivatives[layer], _layout.Width(layer),
                gradient + _layout.Weights(layer), isFirst);
        }

        DenseLayer<T>.WeightGradient(
            _block.Input, _block.Stride, _block.Rows, _layout.Inputs(0), _derivatives[0], _layout.Width(0),
            gradient + _layout.Weights(0), isFirst);
    }

    /// <summary>The output bias's gradient of all blocks since the last call.</summary>
    public void FinishOutputBias(float* gradient) => gradient[_layout.OutputBias] = OutputLayer<T>.FoldLanes(_biasLanes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(float* parameters, SampleBlock block, float* gradient, bool isFirst)
    {
        _block = block;
        int last = _layout.Layers - 1;
        new Span<float>(Delta + block.Rows, BlockRows - block.Rows).Clear();
        OutputLayer<T>.AddToLanes(Delta, BlockRows, _biasLanes);
        OutputLayer<T>.Backward(
            Activations(last), Delta, block.PaddedRows, _layout.Width(last), parameters + _layout.OutputWeights, _derivatives[last],
            gradient + _layout.OutputWeights, gradient + _layout.Biases(last), isFirst);
        for (int layer = last; layer > 0; layer--)
        {
            DenseLayer<T>.Backward(
                _derivatives[layer], _layout.Width(layer), block.PaddedRows, _layout.Shape.Hidden[layer], _transposed[layer],
                Activations(layer - 1), _derivatives[layer - 1], _layout.Width(layer - 1));
        }
    }
}

/// <summary>Samples side by side in memory, rows of stride floats, readable up to <see cref="PaddedRows"/>.</summary>
internal readonly unsafe struct SampleBlock(float* input, nint stride, int rows)
{
    public float* Input { get; } = input;

    public nint Stride { get; } = stride;

    public int Rows { get; } = rows;

    /// <summary>Kernels work on four rows at a time.</summary>
    public int PaddedRows => (Rows + 3) & ~3;
}

/// <summary>A step's batch: Count rows from Start on, of the order or, where it is null, of the training part itself.</summary>
internal readonly record struct BatchRows(int[]? Order, int Start, int Count)
{
    /// <summary>The training row of a sample.</summary>
    public int this[int sample] => Order is null ? Start + sample : Order[Start + sample];
}
