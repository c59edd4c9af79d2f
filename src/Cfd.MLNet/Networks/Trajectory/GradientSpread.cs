using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// The mean square, over the training rows, of what one row contributes to a step's gradient: the mean of (grad f(x_i) / batch size)^2,
/// per parameter. What a flipped label moves Adam's second moment by is of this size.
/// </summary>
internal sealed unsafe class GradientSpread<T>(NetworkLayout layout, BatchGradient<T> batch, Arena arena)
    where T : unmanaged, ILanes<T>
{
    private const int BlockRows = BatchGradient<T>.BlockRows;

    private readonly float* _squaredInput = arena.Take(BlockRows * layout.Inputs(0));
    private readonly float* _scratch = arena.Take(layout.Size);

    public static nint ArenaSize(NetworkLayout layout) => Arena.SizeOf(BlockRows * layout.Inputs(0)) + Arena.SizeOf(layout.Size);

    /// <summary>spread = factor times the mean square at the given parameters.</summary>
    public void Compute(TrainingProblem problem, float* parameters, double factor, float* spread)
    {
        var features = problem.TrainingFeatures;
        batch.UseWeights(parameters);
        new Span<float>(spread, layout.Size).Clear();
        float scale = (float)(Math.Sqrt(factor / features.Rows) / problem.BatchRows);
        double outputBias = 0;
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            var block = batch.InPlace(features.Pointer + ((nint)first * features.Stride), features.Stride, rows);
            batch.BackpropagateLogit(parameters, block, scale, _scratch, isFirst: first == 0);
            AddSquares(block, spread);
            outputBias += (double)scale * scale * rows;
        }

        spread[layout.OutputBias] = (float)outputBias;
        batch.FinishOutputBias(_scratch);
        GC.KeepAlive(features);
    }

    /// <summary>A gradient is activation times derivative, so its square is the product of their squares.</summary>
    private void AddSquares(SampleBlock block, float* spread)
    {
        int last = layout.Layers - 1, samples = block.Rows;
        Square(block.Input, _squaredInput, (int)block.Stride * samples);
        for (int layer = 0; layer <= last; layer++)
        {
            Square(batch.Activations(layer), batch.Activations(layer), layout.Width(layer) * samples);
            Square(batch.Derivatives(layer), batch.Derivatives(layer), layout.Width(layer) * samples);
        }

        Square(batch.Delta, batch.Delta, samples);
        DenseLayer<T>.WeightGradient(
            _squaredInput, block.Stride, samples, layout.Inputs(0), batch.Derivatives(0), layout.Width(0), spread + layout.Weights(0), false);
        for (int layer = 0; layer <= last; layer++)
        {
            DenseLayer<T>.BiasGradient(batch.Derivatives(layer), samples, layout.Width(layer), spread + layout.Biases(layer), false);
            if (layer == 0) continue;
            DenseLayer<T>.WeightGradient(
                batch.Activations(layer - 1), layout.Width(layer - 1), samples, layout.Inputs(layer), batch.Derivatives(layer),
                layout.Width(layer), spread + layout.Weights(layer), false);
        }

        // w's gradient is delta times the last activation: one column of weights.
        for (int sample = 0; sample < samples; sample++)
        {
            float* activations = batch.Activations(last) + (sample * layout.Width(last)), target = spread + layout.OutputWeights;
            for (int unit = 0; unit < layout.Width(last); unit++)
                target[unit] = MathF.FusedMultiplyAdd(activations[unit], batch.Delta[sample], target[unit]);
        }
    }

    private static void Square(float* source, float* target, int count)
    {
        for (int i = 0; i < count; i++) target[i] = source[i] * source[i];
    }
}
