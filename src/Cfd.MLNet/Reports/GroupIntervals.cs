using MathNet.Numerics.Distributions;

namespace Cfd.MLNet.Reports;

/// <summary>How far two shares lie apart, with intervals of any level.</summary>
internal static class GroupIntervals
{
    /// <summary>Newcombe's hybrid score interval of the difference of two shares.</summary>
    public static Interval Difference(Proportion one, Proportion other, double level = 1 - GroupComparison.ErrorRate)
    {
        double p = one.Value!.Value, q = other.Value!.Value, z = Quantile(level);
        var (low, high) = one.Bounds(z);
        var (otherLow, otherHigh) = other.Bounds(z);
        return new Interval(
            p - q,
            p - q - Math.Sqrt(Square(p - low) + Square(otherHigh - q)),
            p - q + Math.Sqrt(Square(high - p) + Square(q - otherLow)));
    }

    /// <summary>Katz's log interval of the ratio of two shares; null where one of them is 0.</summary>
    public static Interval? Ratio(Proportion one, Proportion other, double level = 1 - GroupComparison.ErrorRate)
    {
        if (one.Count == 0 || other.Count == 0) return null;
        double ratio = one.Value!.Value / other.Value!.Value;
        double error = Math.Sqrt((1.0 / one.Count) - (1.0 / one.Total) + (1.0 / other.Count) - (1.0 / other.Total));
        double z = Quantile(level);
        return new Interval(ratio, ratio * Math.Exp(-z * error), ratio * Math.Exp(z * error));
    }

    /// <summary>1.96 for 0.95.</summary>
    private static double Quantile(double level) => Normal.InvCDF(0, 1, 1 - ((1 - level) / 2));

    private static double Square(double value) => value * value;
}
