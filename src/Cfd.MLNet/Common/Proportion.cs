using MathNet.Numerics.Distributions;

namespace Cfd.MLNet;

/// <summary>
/// A share, as how many of how many, with its 95 % score interval (E. B. Wilson, Probable inference, the law of succession, and
/// statistical inference, JASA 1927). Immutable and thread-safe.
/// </summary>
public sealed record Proportion
{
    private static readonly double Z = Normal.InvCDF(0, 1, 0.975);

    /// <summary>count of total.</summary>
    /// <param name="count">0 to <paramref name="total"/>.</param>
    /// <param name="total">At least 0; 0 is a share that cannot be told.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside of its range.</exception>
    public Proportion(int count, int total)
    {
        Preconditions.InRange(total, 0, int.MaxValue, nameof(total));
        Preconditions.InRange(count, 0, total, nameof(count));
        (Count, Total) = (count, total);
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Of how many.</summary>
    public int Total { get; }

    /// <summary>Count / Total, in [0, 1]; null where there is nothing to divide by.</summary>
    public double? Value => Total == 0 ? null : (double)Count / Total;

    /// <summary>Lower end of the 95 % interval, in [0, 1]; 0 where Total is 0.</summary>
    public double Low => Bounds(Z).Low;

    /// <summary>Upper end of the 95 % interval, in [0, 1]; 1 where Total is 0.</summary>
    public double High => Bounds(Z).High;

    /// <summary>Both ends of the interval of another level; z: the normal quantile of its upper end, 1.96 for 95 %.</summary>
    internal (double Low, double High) Bounds(double z)
    {
        if (Total == 0) return (0, 1);
        double p = Value!.Value;
        double centre = (p + (z * z / (2.0 * Total))) / (1 + (z * z / Total));
        double half = z * Math.Sqrt((p * (1 - p) / Total) + (z * z / (4.0 * Total * Total))) / (1 + (z * z / Total));
        return (Count == 0 ? 0 : Math.Max(0, centre - half), Count == Total ? 1 : Math.Min(1, centre + half));
    }
}
