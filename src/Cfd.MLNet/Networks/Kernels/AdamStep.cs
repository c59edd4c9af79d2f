using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// Adam (Kingma and Ba 2015) as PyTorch computes it: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
/// p -= rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + epsilon).
/// </summary>
internal static unsafe class AdamStep<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>One step of 16 parameters with their gradient, all by address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update(T gradient, nint at, in AdamState state)
    {
        float* parameters = state.Parameters + at, m = state.FirstMoment + at, v = state.SecondMoment + at;
        ref readonly var constants = ref *state.Constants;
        T newM = T.FusedMultiplyAdd(T.Broadcast(constants.OneMinusBeta1), gradient, T.Multiply(T.Broadcast(constants.Beta1), T.Load(m)));
        T newV = T.FusedMultiplyAdd(
            T.Multiply(T.Broadcast(constants.OneMinusBeta2), gradient), gradient, T.Multiply(T.Broadcast(constants.Beta2), T.Load(v)));
        T denominator = T.FusedMultiplyAdd(
            T.SquareRoot(newV), T.Broadcast(constants.InverseRootCorrection), T.Broadcast(constants.Epsilon));
        T step = T.Divide(newM, denominator);
        T.Store(newM, m);
        T.Store(newV, v);
        T.Store(T.FusedMultiplyAdd(T.Broadcast(constants.NegativeRate), step, T.Load(parameters)), parameters);
    }

    /// <summary>One step of the parameters [first, first + count); count is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* gradient, nint first, nint count, in AdamState state)
    {
        for (nint at = first; at < first + count; at += ILanes<T>.Count) Update(T.Load(gradient + at), at, state);
    }
}

/// <summary>Where parameters and moments lie, and the numbers of the step under way; the constants are unmanaged memory.</summary>
internal unsafe readonly struct AdamState(float* parameters, float* firstMoment, float* secondMoment, AdamConstants* constants)
{
    public readonly float* Parameters = parameters, FirstMoment = firstMoment, SecondMoment = secondMoment;
    public readonly AdamConstants* Constants = constants;
}

/// <summary>The numbers of one Adam step t = 1, 2, 3…, computed in float64 and rounded once.</summary>
internal readonly record struct AdamConstants(
    float Beta1, float OneMinusBeta1, float Beta2, float OneMinusBeta2,
    float NegativeRate, float InverseRootCorrection, float Epsilon)
{
    public static AdamConstants ForStep(AdamSettings adam, double beta1Power, double beta2Power)
        => new((float)adam.Beta1, (float)(1 - adam.Beta1), (float)adam.Beta2, (float)(1 - adam.Beta2),
            (float)(-adam.LearningRate / (1 - beta1Power)), (float)(1 / Math.Sqrt(1 - beta2Power)), (float)adam.Epsilon);
}
