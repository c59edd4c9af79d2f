using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// Adam (Kingma and Ba 2015) as PyTorch computes it: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
/// p -= rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + epsilon).
/// </summary>
internal static unsafe class AdamStep<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>
    /// 2^-100: a first moment below it is set to zero, for it moves no parameter any more. Where a gradient stays zero, of a dead neuron
    /// or a rare category, the moment would else decay to the smallest subnormal number and stay there (0.9 times it rounds back to it),
    /// and arithmetic on subnormal numbers is many times slower.
    /// </summary>
    public const float TinyMoment = 7.8886091e-31f;

    /// <summary>
    /// One step of all parameters; count is a multiple of 16. A pass of its own: square root and division keep their unit busy from
    /// end to end, whereas behind each gradient tile they would stand in line with its multiplications (measured: half as fast).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* parameters, float* gradient, float* m, float* v, nint count, in AdamConstants constants)
    {
        T beta1 = T.Broadcast(constants.Beta1), rest1 = T.Broadcast(constants.OneMinusBeta1);
        T beta2 = T.Broadcast(constants.Beta2), rest2 = T.Broadcast(constants.OneMinusBeta2);
        T rate = T.Broadcast(constants.NegativeRate), correction = T.Broadcast(constants.InverseRootCorrection);
        T epsilon = T.Broadcast(constants.Epsilon), tiny = T.Broadcast(TinyMoment), zero = T.Broadcast(0f);
        for (nint i = 0; i < count; i += ILanes<T>.Count)
        {
            T g = T.Load(gradient + i);
            T newM = T.FusedMultiplyAdd(rest1, g, T.Multiply(beta1, T.Load(m + i)));
            T magnitude = T.Max(newM, T.Subtract(zero, newM));
            newM = T.WherePositive(T.Subtract(tiny, magnitude), zero, newM);
            T newV = T.FusedMultiplyAdd(T.Multiply(rest2, g), g, T.Multiply(beta2, T.Load(v + i)));
            T denominator = T.FusedMultiplyAdd(T.SquareRoot(newV), correction, epsilon);
            T step = T.Divide(newM, denominator);
            T.Store(newM, m + i);
            T.Store(newV, v + i);
            T.Store(T.FusedMultiplyAdd(rate, step, T.Load(parameters + i)), parameters + i);
        }
    }
}

/// <summary>The numbers of one Adam step t = 1, 2, 3…, computed in float64 and rounded once.</summary>
internal readonly record struct AdamConstants(
    float Beta1, float OneMinusBeta1, float Beta2, float OneMinusBeta2,
    float NegativeRate, float InverseRootCorrection, float Epsilon)
{
    public static AdamConstants ForStep(AdamSettings adam, double beta1Power, double beta2Power)
        => new((float)adam.Beta1, (float)(1 - adam.Beta1), (float)adam.Beta2, (float)(1 - adam.Beta2),
            (float)(-adam.LearningRate / (1 - beta1Power)), (float)(1 / Math.Sqrt(1 - beta2Power)), (float)adam.Epsilon);

    /// <summary>The numbers of each of the first steps, as a training loop meets them.</summary>
    public static AdamConstants[] ForSteps(AdamSettings adam, int count)
    {
        var constants = new AdamConstants[count];
        double beta1Power = 1, beta2Power = 1;
        for (int step = 0; step < count; step++)
            constants[step] = ForStep(adam, beta1Power *= adam.Beta1, beta2Power *= adam.Beta2);
        return constants;
    }
}
