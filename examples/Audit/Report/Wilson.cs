using MathNet.Numerics.Distributions;

namespace Audit.Report;

/// <summary>Confidence interval of a share (Wilson 1927).</summary>
internal static class Wilson
{
    /// <summary>The interval of hits / trials, within [0, 1]; all of [0, 1] without trials.</summary>
    /// <param name="hits">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="confidence">In (0, 1), e.g. 0.95.</param>
    public static (double Low, double High) Interval(int hits, int trials, double confidence)
    {
        if (trials == 0) return (0, 1);
        double z = Normal.InvCDF(0, 1, (1 + confidence) / 2), n = trials, share = hits / n;
        double centre = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n))) / (1 + (z * z / n));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
