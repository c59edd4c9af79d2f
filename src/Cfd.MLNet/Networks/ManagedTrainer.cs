using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks;

/// <summary>
/// The training loop on the kernels, for one worker: all buffers are taken once from one arena, and the loop allocates nothing
/// and takes no lock.
/// </summary>
internal sealed unsafe class ManagedTrainer<T> : ITrainer
    where T : unmanaged, ILanes<T>
{
    private const int BlockRows = Inference<T>.BlockRows;

    private readonly TrainingProblem _problem;
    private readonly NetworkLayout _layout;
    private readonly Arena _arena;
    private readonly Inference<T> _inference;
    private readonly float* _parameters, _gradient, _firstMoment, _secondMoment, _best, _initial;
    private readonly float* _labels, _validationLabels, _input, _blockLabels, _delta, _biasLanes;
    private readonly float*[] _transposed, _derivatives;

    public ManagedTrainer(TrainingProblem problem)
    {
        _problem = problem;
        var layout = _layout = new NetworkLayout(problem.Shape);
        _arena = new Arena(ArenaSize(problem, layout));
        _inference = new Inference<T>(layout, _arena);
        _parameters = _arena.Take(layout.Size);
        _gradient = _arena.Take(layout.Size);
        _firstMoment = _arena.Take(layout.Size);
        _secondMoment = _arena.Take(layout.Size);
        _best = _arena.Take(layout.Size);
        _initial = _arena.Take(layout.Size);
        _labels = _arena.Take(problem.TrainingLabels.Length);
        _validationLabels = _arena.Take(problem.ValidationLabels.Length);
        _input = _arena.Take(BlockRows * layout.Inputs(0));
        _blockLabels = _arena.Take(BlockRows);
        _delta = _arena.Take(BlockRows);
        _biasLanes = _arena.Take(ILanes<T>.Count);
        _transposed = new float*[layout.Layers];
        _derivatives = new float*[layout.Layers];
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            if (layer > 0) _transposed[layer] = _arena.Take(TransposedSize(layout, layer));
            _derivatives[layer] = _arena.Take(BlockRows * layout.Width(layer));
        }

        layout.Unpack(problem.Plan.InitialParameters, _initial);
        problem.ValidationLabels.CopyTo(new Span<float>(_validationLabels, problem.ValidationLabels.Length));
    }

    public TrainedNetwork Train(ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        Start(flippedRows);
        var options = _problem.Options;
        var stopping = new EarlyStopping(options.Patience);
        bool validates = _problem.ValidationFeatures.Rows > 0;
        double beta1Power = 1, beta2Power = 1;
        int epoch = 0;
        for (; epoch < options.MaxEpochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunEpoch(epoch, ref beta1Power, ref beta2Power);
            if (!validates) continue;
            double loss = _inference.MeanLoss(_parameters, _problem.ValidationFeatures, _validationLabels);
            if (stopping.IsBest(epoch, loss)) Copy(_parameters, _best);
            else if (stopping.ShouldStop(epoch)) break;
        }

        int epochsRun = Math.Min(epoch + 1, options.MaxEpochs);
        if (!validates) return Result(_parameters, epochsRun - 1, epochsRun, double.NaN);
        return Result(_best, stopping.BestEpoch, epochsRun, stopping.BestLoss);
    }

    public void Dispose() => _arena.Dispose();

    private void Start(ReadOnlySpan<int> flippedRows)
    {
        Copy(_initial, _parameters);
        new Span<float>(_biasLanes, ILanes<T>.Count).Clear();
        new Span<float>(_firstMoment, _layout.Size).Clear();
        new Span<float>(_secondMoment, _layout.Size).Clear();
        var labels = new Span<float>(_labels, _problem.TrainingLabels.Length);
        _problem.TrainingLabels.CopyTo(labels);
        foreach (int row in flippedRows) labels[row] = 1 - labels[row];
        TransposeWeights();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunEpoch(int epoch, ref double beta1Power, ref double beta2Power)
    {
        int rows = _problem.TrainingFeatures.Rows, batchRows = _problem.BatchRows;
        int[]? order = _problem.IsFullBatch ? null : _problem.Plan.RowOrder(epoch);
        for (int start = 0; start < rows; start += batchRows)
        {
            int end = Math.Min(start + batchRows, rows);
            float scale = 1f / (end - start);
            for (int first = start; first < end; first += BlockRows)
                RunBlock(order, first, Math.Min(BlockRows, end - first), scale, isFirst: first == start);
            _gradient[_layout.OutputBias] = OutputLayer<T>.FoldLanes(_biasLanes);
            beta1Power *= _problem.Options.Beta1;
            beta2Power *= _problem.Options.Beta2;
            var constants = AdamConstants.ForStep(_problem.Options.Adam, beta1Power, beta2Power);
            AdamStep<T>.Apply(_parameters, _gradient, _firstMoment, _secondMoment, _layout.Size, constants);
            TransposeWeights();
        }
    }

    /// <summary>
    /// One block of samples: forward, loss derivative, backward. The gradients of a batch's blocks add up, from the first one on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunBlock(int[]? order, int first, int rows, float scale, bool isFirst)
    {
        int last = _layout.Layers - 1, padded = (rows + 3) & ~3;
        nint inputStride = _problem.TrainingFeatures.Stride;
        float* input = Samples(order, first, rows, padded);
        _inference.ForwardPadded(_parameters, input, inputStride, rows);
        OutputLayer<T>.LossDerivative(_inference.BlockLogits, _blockLabels, BlockRows, scale, _delta);
        new Span<float>(_delta + rows, BlockRows - rows).Clear();
        OutputLayer<T>.AddToLanes(_delta, BlockRows, _biasLanes);
        OutputLayer<T>.Backward(
            _inference.Activations(last), _delta, padded, _layout.Width(last), _parameters + _layout.OutputWeights, _derivatives[last],
            _gradient + _layout.OutputWeights, _gradient + _layout.Biases(last), isFirst);

        for (int layer = last; layer > 0; layer--)
        {
            int width = _layout.Width(layer), lowerWidth = _layout.Width(layer - 1);
            DenseLayer<T>.Backward(
                _derivatives[layer], width, padded, _layout.Shape.Hidden[layer], _transposed[layer],
                _inference.Activations(layer - 1), _derivatives[layer - 1], lowerWidth);
            DenseLayer<T>.BiasGradient(
                _derivatives[layer - 1], rows, lowerWidth, _gradient + _layout.Biases(layer - 1), isFirst);
            DenseLayer<T>.WeightGradient(
                _inference.Activations(layer - 1), lowerWidth, rows, _layout.Inputs(layer), _derivatives[layer], width,
                _gradient + _layout.Weights(layer), isFirst);
        }

        DenseLayer<T>.WeightGradient(
            input, inputStride, rows, _layout.Inputs(0), _derivatives[0], _layout.Width(0),
            _gradient + _layout.Weights(0), isFirst);
    }

    /// <summary>
    /// The block's samples, readable up to the padded count, and their labels: in place for a full batch, else gathered.
    /// </summary>
    private float* Samples(int[]? order, int first, int rows, int padded)
    {
        var features = _problem.TrainingFeatures;
        nint stride = features.Stride;
        float* source = features.Pointer;
        if (order is not null)
        {
            int next = first + rows;
            Gather.Rows(order.AsSpan(first, rows), source, stride, _labels, _input, _blockLabels);
            Gather.Prefetch(order.AsSpan(next, Math.Min(BlockRows, order.Length - next)), source, stride);
            return _input;
        }

        source += first * stride;
        Buffer.MemoryCopy(_labels + first, _blockLabels, BlockRows * sizeof(float), rows * sizeof(float));
        if (padded == rows) return source;
        Buffer.MemoryCopy(source, _input, BlockRows * stride * sizeof(float), rows * stride * sizeof(float));
        return _input;
    }

    private void TransposeWeights()
    {
        for (int layer = 1; layer < _layout.Layers; layer++)
        {
            Transposition.Transpose(
                _parameters + _layout.Weights(layer), _layout.Shape.Hidden[layer - 1], _layout.Width(layer),
                _transposed[layer], _layout.Shape.Hidden[layer], _layout.Width(layer - 1));
        }
    }

    private TrainedNetwork Result(float* parameters, int bestEpoch, int epochsRun, double loss)
    {
        float[] packed = bestEpoch < 0 ? [] : _layout.Pack(parameters);
        return TrainedParameters.ToNetwork(_problem, packed, bestEpoch, epochsRun, loss);
    }

    private void Copy(float* source, float* target)
        => new ReadOnlySpan<float>(source, _layout.Size).CopyTo(new Span<float>(target, _layout.Size));

    private static nint TransposedSize(NetworkLayout layout, int layer)
        => ((layout.Shape.Hidden[layer] + 3) & ~3) * (nint)layout.Width(layer - 1);

    private static nint ArenaSize(TrainingProblem problem, NetworkLayout layout)
    {
        nint size = Inference<T>.ArenaSize(layout) + (6 * Arena.SizeOf(layout.Size));
        size += Arena.SizeOf(problem.TrainingLabels.Length) + Arena.SizeOf(problem.ValidationLabels.Length);
        size += Arena.SizeOf(BlockRows * layout.Inputs(0)) + (2 * Arena.SizeOf(BlockRows)) + Arena.SizeOf(ILanes<T>.Count);
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            if (layer > 0) size += Arena.SizeOf(TransposedSize(layout, layer));
            size += Arena.SizeOf(BlockRows * layout.Width(layer));
        }

        return size;
    }
}
