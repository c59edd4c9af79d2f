using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// One step of <see cref="AdamStep{T}"/> backwards: adjoints (derivatives of the trained logit) of p, m, v after the step become
/// those before it. With D = c sqrt(v + s) + epsilon, c = 1 / sqrt(1 - b2^t) and a = rate / (1 - b1^t), the step p -= a m / D has the
/// slopes -a / D by m and a m c / (2 D^2 sqrt(v + s)) by v; s smooths the slopes, not the values: 0 for the exact derivative.
/// </summary>
internal static unsafe class AdamReverse<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>
    /// The slopes of one step, shared by all test rows. Where v + s is 0 the gradient has been zero so far (a dead neuron): no label
    /// moves it, and both slopes are 0 instead of infinite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Slopes(
        float* m, float* v, float* gradient, float* smoothing, nint count, in AdamConstants constants,
        float* byFirstMoment, float* bySecondMoment, float* gradientWeight)
    {
        T rate = T.Broadcast(constants.NegativeRate), correction = T.Broadcast(constants.InverseRootCorrection);
        T epsilon = T.Broadcast(constants.Epsilon), half = T.Broadcast(-0.5f), zero = T.Broadcast(0f);
        T twice = T.Broadcast(2 * constants.OneMinusBeta2);
        for (nint i = 0; i < count; i += ILanes<T>.Count)
        {
            T smooth = T.Add(T.Load(v + i), T.Load(smoothing + i));
            T root = T.SquareRoot(smooth);
            T denominator = T.FusedMultiplyAdd(root, correction, epsilon);
            T slope = T.Divide(rate, denominator);
            T relative = T.Divide(T.Multiply(T.Multiply(half, correction), T.Load(m + i)), T.Multiply(denominator, root));
            T.Store(T.WherePositive(smooth, slope, zero), byFirstMoment + i);
            T.Store(T.WherePositive(smooth, T.Multiply(slope, relative), zero), bySecondMoment + i);
            T.Store(T.Multiply(twice, T.Load(gradient + i)), gradientWeight + i);
        }
    }

    /// <summary>
    /// For one test row: the adjoints of m and v take in those of p; lambda, the adjoint of the step's gradient, is
    /// (1 - b1) m' + 2 (1 - b2) g v'; then both decay by b1 and b2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(
        float* parameterAdjoint, float* firstMomentAdjoint, float* secondMomentAdjoint, float* lambda, nint count,
        float* byFirstMoment, float* bySecondMoment, float* gradientWeight, in AdamConstants constants)
    {
        T beta1 = T.Broadcast(constants.Beta1), rest1 = T.Broadcast(constants.OneMinusBeta1), beta2 = T.Broadcast(constants.Beta2);
        for (nint i = 0; i < count; i += ILanes<T>.Count)
        {
            T adjoint = T.Load(parameterAdjoint + i);
            T first = T.FusedMultiplyAdd(T.Load(byFirstMoment + i), adjoint, T.Load(firstMomentAdjoint + i));
            T second = T.FusedMultiplyAdd(T.Load(bySecondMoment + i), adjoint, T.Load(secondMomentAdjoint + i));
            T.Store(T.FusedMultiplyAdd(T.Load(gradientWeight + i), second, T.Multiply(rest1, first)), lambda + i);
            T.Store(T.Multiply(beta1, first), firstMomentAdjoint + i);
            T.Store(T.Multiply(beta2, second), secondMomentAdjoint + i);
        }
    }
}
