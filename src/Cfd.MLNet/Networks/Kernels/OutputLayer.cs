using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// The single logit: z = A w + bias, its loss and its derivatives. Legend: R samples, H last hidden width (a multiple of 16),
/// A [R, H] last activations, w [H], z [R] logits, delta [R] = (sigmoid(z) - y) / batch size.
/// </summary>
internal static unsafe class OutputLayer<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>z = A w + bias; 16 running sums, folded by <see cref="ILanes{T}.Sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* activations, nint rows, nint width, float* weights, float bias, float* logits)
    {
        for (nint row = 0; row < rows; row++, activations += width)
        {
            T sum = T.Multiply(T.Load(activations), T.Load(weights));
            for (nint column = ILanes<T>.Count; column < width; column += ILanes<T>.Count)
                sum = T.FusedMultiplyAdd(T.Load(activations + column), T.Load(weights + column), sum);
            logits[row] = T.Sum(sum) + bias;
        }
    }

    /// <summary>delta = (sigmoid(z) - y) * scale for whole groups of 16; the caller zeroes what lies past its samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LossDerivative(float* logits, float* labels, nint rows, float scale, float* delta)
    {
        for (nint row = 0; row < rows; row += ILanes<T>.Count)
        {
            T probability = ElementaryFunctions<T>.Sigmoid(T.Load(logits + row));
            T.Store(T.Multiply(T.Subtract(probability, T.Load(labels + row)), T.Broadcast(scale)), delta + row);
        }
    }

    /// <summary>Binary cross entropy per sample, for whole groups of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Loss(float* logits, float* labels, nint rows, float* losses)
    {
        for (nint row = 0; row < rows; row += ILanes<T>.Count)
            T.Store(ElementaryFunctions<T>.LogisticLoss(T.Load(logits + row), T.Load(labels + row)), losses + row);
    }

    /// <summary>
    /// w's gradient delta A and the last hidden layer's bias gradient, the column sums of D, where D [R, H] = delta w if A &gt; 0, else
    /// 0; both added to those of the batch's earlier blocks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        float* activations, float* delta, nint samples, nint width, float* weights,
        float* derivatives, float* weightGradient, float* hiddenBiasGradient, bool isFirstBlock)
    {
        for (nint column = 0; column < width; column += ILanes<T>.Count)
        {
            T weight = T.Load(weights + column);
            T weightSum = T.Broadcast(0f), biasSum = T.Broadcast(0f);
            float* source = activations + column, target = derivatives + column;
            for (nint sample = 0; sample < samples; sample++, source += width, target += width)
            {
                T activation = T.Load(source), scale = T.Broadcast(delta[sample]);
                T derivative = T.WherePositive(activation, T.Multiply(scale, weight), T.Broadcast(0f));
                weightSum = T.FusedMultiplyAdd(scale, activation, weightSum);
                biasSum = T.Add(biasSum, derivative);
                T.Store(derivative, target);
            }

            if (!isFirstBlock)
            {
                weightSum = T.Add(T.Load(weightGradient + column), weightSum);
                biasSum = T.Add(T.Load(hiddenBiasGradient + column), biasSum);
            }

            T.Store(weightSum, weightGradient + column);
            T.Store(biasSum, hiddenBiasGradient + column);
        }
    }

    /// <summary>
    /// Adds values to 16 running sums: the output bias's gradient, the sum of all deltas, is large enough for one running sum over
    /// all samples to lose digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddToLanes(float* values, nint count, float* lanes)
    {
        T sum = T.Load(lanes);
        for (nint i = 0; i < count; i += ILanes<T>.Count) sum = T.Add(sum, T.Load(values + i));
        T.Store(sum, lanes);
    }

    /// <summary>The sum of the running sums, which start again from zero.</summary>
    public static float FoldLanes(float* lanes)
    {
        float sum = T.Sum(T.Load(lanes));
        T.Store(T.Broadcast(0f), lanes);
        return sum;
    }
}
