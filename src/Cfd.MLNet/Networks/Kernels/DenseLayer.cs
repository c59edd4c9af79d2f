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
        => Tile<T, float, BiasThenRelu>.Multiply(
            x, xStride, 1, rows, inputs, weights, outputs, outputs, new BiasThenRelu(bias, activations, outputs));

    /// <summary>
    /// The derivative one layer down: (D W^T) where that layer's activations are positive, else 0. weightsTransposed is
    /// [outputs, lowerWidth].
    /// </summary>
    public static void Backward(
        float* derivatives, nint stride, nint rows, nint outputs, float* weightsTransposed,
        float* lowerActivations, float* lowerDerivatives, nint lowerWidth)
        => Tile<T, float, ZeroThenGate>.Multiply(
            derivatives, stride, 1, rows, outputs, weightsTransposed, lowerWidth, lowerWidth,
            new ZeroThenGate(lowerActivations, lowerDerivatives, lowerWidth));

    /// <summary>
    /// W's gradient [I, H]: X^T D over the block's samples, in their order, added to that of the batch's earlier blocks. inputs is a
    /// multiple of 4.
    /// </summary>
    public static void WeightGradient(
        float* x, nint xStride, nint samples, nint inputs, float* derivatives, nint outputs, float* gradient, bool isFirstBlock)
        => Tile<T, float, ZeroThenAdd>.Multiply(
            x, 1, xStride, inputs, samples, derivatives, outputs, outputs, new ZeroThenAdd(gradient, outputs, isFirstBlock));

    /// <summary>b's gradient [H]: column sums of D, in the order of the samples, added to that of the batch's earlier blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BiasGradient(float* derivatives, nint samples, nint outputs, float* gradient, bool isFirstBlock)
    {
        for (nint column = 0; column < outputs; column += ILanes<T>.Count)
        {
            T sum = T.Broadcast(0f);
            float* source = derivatives + column;
            for (nint sample = samples; sample > 0; sample--, source += outputs) sum = T.Add(sum, T.Load(source));
            T.Store(isFirstBlock ? sum : T.Add(T.Load(gradient + column), sum), gradient + column);
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

    private readonly struct ZeroThenAdd(float* target, nint stride, bool isFirstBlock) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Broadcast(0f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum)
        {
            float* at = target + (row * stride) + column;
            T.Store(isFirstBlock ? sum : T.Add(T.Load(at), sum), at);
        }
    }
}
