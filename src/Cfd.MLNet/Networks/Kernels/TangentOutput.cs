using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// The R-operator of the single logit: how fast <see cref="OutputLayer{T}"/> changes while w moves in direction v and A at the rates
/// RA. Legend as there; Rz [R] the rate of the logits, Rdelta [R] = sigmoid'(z) Rz / batch size.
/// </summary>
internal static unsafe class TangentOutput<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Rz = RA w + A v + biasDirection: the slope of each sample's logit in the direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        float* activations, float* rates, nint rows, nint width, float* weights, float* direction, float biasDirection, float* logitRates)
    {
        for (nint row = 0; row < rows; row++, activations += width, rates += width)
        {
            T sum = T.Broadcast(0f);
            for (nint column = 0; column < width; column += ILanes<T>.Count)
            {
                sum = T.FusedMultiplyAdd(T.Load(rates + column), T.Load(weights + column), sum);
                sum = T.FusedMultiplyAdd(T.Load(activations + column), T.Load(direction + column), sum);
            }

            logitRates[row] = T.Sum(sum) + biasDirection;
        }
    }

    /// <summary>slopes = p (1 - p) scale with p = sigmoid(z), for whole groups of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Slopes(float* logits, nint rows, float scale, float* slopes)
    {
        for (nint row = 0; row < rows; row += ILanes<T>.Count)
        {
            T p = ElementaryFunctions<T>.Sigmoid(T.Load(logits + row));
            T.Store(T.Multiply(T.Multiply(p, T.Subtract(T.Broadcast(1f), p)), T.Broadcast(scale)), slopes + row);
        }
    }

    /// <summary>Rdelta = slopes Rz for whole groups of 16; the caller zeroes what lies past its samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DeltaRates(float* slopes, float* logitRates, nint rows, float* deltaRates)
    {
        for (nint row = 0; row < rows; row += ILanes<T>.Count)
            T.Store(T.Multiply(T.Load(slopes + row), T.Load(logitRates + row)), deltaRates + row);
    }

    /// <summary>
    /// The rate of w's gradient, Rdelta A + delta RA, and of the last hidden biases' gradient, the column sums of
    /// RD [R, H] = Rdelta w + delta v where A &gt; 0, else 0; both added to those of the batch's earlier blocks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        float* activations, float* rates, float* delta, float* deltaRates, nint samples, nint width, float* weights, float* direction,
        float* derivativeRates, float* weightProduct, float* hiddenBiasProduct, bool isFirstBlock)
    {
        for (nint column = 0; column < width; column += ILanes<T>.Count)
        {
            T weight = T.Load(weights + column), towards = T.Load(direction + column);
            T weightSum = T.Broadcast(0f), biasSum = T.Broadcast(0f);
            float* source = activations + column, rate = rates + column, target = derivativeRates + column;
            for (nint sample = 0; sample < samples; sample++, source += width, rate += width, target += width)
            {
                T activation = T.Load(source), scale = T.Broadcast(delta[sample]), scaleRate = T.Broadcast(deltaRates[sample]);
                T moved = T.FusedMultiplyAdd(scaleRate, weight, T.Multiply(scale, towards));
                T derivative = T.WherePositive(activation, moved, T.Broadcast(0f));
                weightSum = T.FusedMultiplyAdd(scaleRate, activation, weightSum);
                weightSum = T.FusedMultiplyAdd(scale, T.Load(rate), weightSum);
                biasSum = T.Add(biasSum, derivative);
                T.Store(derivative, target);
            }

            if (!isFirstBlock)
            {
                weightSum = T.Add(T.Load(weightProduct + column), weightSum);
                biasSum = T.Add(T.Load(hiddenBiasProduct + column), biasSum);
            }

            T.Store(weightSum, weightProduct + column);
            T.Store(biasSum, hiddenBiasProduct + column);
        }
    }
}
