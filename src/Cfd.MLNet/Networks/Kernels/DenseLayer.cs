using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// One hidden layer, forward and backward next to each other. Legend: R samples (a multiple of 4), I inputs, H outputs (a
/// multiple of 16); X [R, I] activations coming in, W [I, H] weights input-major, A [R, H] = max(0, X W + b), D [R, H] the loss
/// derivative by the layer's sum X W + b.
/// </summary>
internal static unsafe class DenseLayer<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>A = max(0, X W + bias).</summary>
    public static void Forward(
        float* x, nint xStride, nint rows, nint inputs, float* weights, float* bias, float* activations, nint outputs)
        => Tile<T, BiasThenRelu>.Multiply(
            x, xStride, 1, rows, inputs, weights, outputs, outputs, new BiasThenRelu(bias, activations, outputs));

    /// <summary>
    /// The derivative one layer down: (D W^T) where that layer's activations are positive, else 0. weightsTransposed is
    /// [outputs, lowerWidth].
    /// </summary>
    public static void Backward(
        float* derivatives, nint stride, nint rows, nint outputs, float* weightsTransposed,
        float* lowerActivations, float* lowerDerivatives, nint lowerWidth)
        => Tile<T, ZeroThenGate>.Multiply(
            derivatives, stride, 1, rows, outputs, weightsTransposed, lowerWidth, lowerWidth,
            new ZeroThenGate(lowerActivations, lowerDerivatives, lowerWidth));

    /// <summary>
    /// W's gradient [I, H] = X^T D over the samples, in their order, added up over the blocks of a batch; at the batch's last block it
    /// goes straight from registers into the optimiser. inputs is a multiple of 4; weights is the layer's place in the layout.
    /// </summary>
    public static void WeightGradient(
        float* x, nint xStride, nint samples, nint inputs, float* derivatives, nint outputs,
        float* gradient, nint weights, BatchPart part, in AdamState adam)
        => Tile<T, GradientThenAdam>.Multiply(
            x, 1, xStride, inputs, samples, derivatives, outputs, outputs,
            new GradientThenAdam(gradient, weights, outputs, part, adam));

    /// <summary>gradient [H] += column sums of D, in the order of the samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBiasGradient(float* derivatives, nint samples, nint outputs, float* gradient)
    {
        for (nint column = 0; column < outputs; column += ILanes<T>.Count)
        {
            T sum = T.Broadcast(0f);
            float* source = derivatives + column;
            for (nint sample = samples; sample > 0; sample--, source += outputs) sum = T.Add(sum, T.Load(source));
            T.Store(T.Add(T.Load(gradient + column), sum), gradient + column);
        }
    }

    private readonly struct BiasThenRelu(float* bias, float* target, nint stride) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Load(bias + column);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum)
            => T.Store(T.Max(T.Broadcast(0f), sum), target + (row * stride) + column);
    }

    private readonly struct ZeroThenGate(float* gate, float* target, nint stride) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Broadcast(0f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum)
        {
            nint at = (row * stride) + column;
            T.Store(T.WherePositive(T.Load(gate + at), sum, T.Broadcast(0f)), target + at);
        }
    }

    private readonly struct GradientThenAdam(float* gradient, nint weights, nint stride, BatchPart part, in AdamState adam) : ITileEnds<T>
    {
        private readonly AdamState _adam = adam;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Broadcast(0f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum)
        {
            nint at = weights + (row * stride) + column;
            if (!part.IsFirst) sum = T.Add(T.Load(gradient + at), sum);
            if (part.IsLast) AdamStep<T>.Update(sum, at, _adam);
            else T.Store(sum, gradient + at);
        }
    }
}

/// <summary>Which blocks of its batch a block of samples is: a small batch has one block, which is both.</summary>
internal readonly record struct BatchPart(bool IsFirst, bool IsLast);
