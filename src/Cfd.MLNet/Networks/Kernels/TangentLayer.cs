using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// Pearlmutter's R-operator (1994) for one hidden layer: how fast everything in <see cref="DenseLayer{T}"/> changes while the
/// parameters move in a direction. Legend as there; V [I, H] and v [H] the direction of W and b, RX [R, I] the rate of the
/// activations coming in, RA [R, H] that of those going out, RD [R, H] that of D. ReLU has no second derivative: rates pass where the
/// activation is positive.
/// </summary>
internal static unsafe class TangentLayer<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>RA = (X V + v) where A is positive, else 0: the first layer, whose inputs do not move.</summary>
    public static void ForwardFirst(
        float* x, nint xStride, nint rows, nint inputs, float* direction, float* biasDirection,
        float* activations, float* rates, nint outputs)
        => Tile<T, float, BiasThenGate>.Multiply(
            x, xStride, 1, rows, inputs, direction, outputs, outputs, new BiasThenGate(biasDirection, activations, rates, outputs));

    /// <summary>RA = (X V + v + RX W) where A is positive, else 0.</summary>
    public static void Forward(
        float* x, float* xRates, nint xStride, nint rows, nint inputs, float* weights, float* direction, float* biasDirection,
        float* activations, float* rates, nint outputs)
    {
        Tile<T, float, BiasThenStore>.Multiply(
            x, xStride, 1, rows, inputs, direction, outputs, outputs, new BiasThenStore(biasDirection, rates, outputs));
        Tile<T, float, SumThenGate>.Multiply(
            xRates, xStride, 1, rows, inputs, weights, outputs, outputs, new SumThenGate(activations, rates, outputs));
    }

    /// <summary>
    /// RD one layer down: (D V^T + RD W^T) where that layer's activations are positive, else 0. Both transposed matrices are
    /// [outputs, lowerWidth]; zeros has lowerWidth zeros.
    /// </summary>
    public static void Backward(
        float* derivatives, float* derivativeRates, nint stride, nint rows, nint outputs, float* weightsTransposed,
        float* directionTransposed, float* zeros, float* lowerActivations, float* lowerRates, nint lowerWidth)
    {
        Tile<T, float, BiasThenStore>.Multiply(
            derivatives, stride, 1, rows, outputs, directionTransposed, lowerWidth, lowerWidth,
            new BiasThenStore(zeros, lowerRates, lowerWidth));
        Tile<T, float, SumThenGate>.Multiply(
            derivativeRates, stride, 1, rows, outputs, weightsTransposed, lowerWidth, lowerWidth,
            new SumThenGate(lowerActivations, lowerRates, lowerWidth));
    }

    private readonly struct BiasThenGate(float* bias, float* gate, float* target, nint stride) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Load(bias + column);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum)
        {
            nint at = (row * stride) + column;
            T.Store(T.WherePositive(T.Load(gate + at), sum, T.Broadcast(0f)), target + at);
        }
    }

    private readonly struct BiasThenStore(float* bias, float* target, nint stride) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Load(bias + column);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum) => T.Store(sum, target + (row * stride) + column);
    }

    private readonly struct SumThenGate(float* gate, float* sums, nint stride) : ITileEnds<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Start(nint row, nint column) => T.Load(sums + (row * stride) + column);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, nint column, T sum)
        {
            nint at = (row * stride) + column;
            T.Store(T.WherePositive(T.Load(gate + at), sum, T.Broadcast(0f)), sums + at);
        }
    }
}
