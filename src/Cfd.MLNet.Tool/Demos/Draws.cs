using FairnessDatasets.Splitting;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>Random numbers of the generated data, the same in every version of .NET.</summary>
internal static class Draws
{
    /// <summary>A number in (0, 1).</summary>
    public static double Uniform(SplitMix64 random) => ((random.Next() >> 12) + 0.5) / (1UL << 52);

    /// <summary>A standard normal number.</summary>
    public static double Normal(SplitMix64 random) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, Uniform(random));
}
