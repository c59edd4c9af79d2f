namespace Cfd.MLNet.Reporting.Marks;

/// <summary>An axis from one round number to another with evenly spaced ticks between; whole ones where counts are shown. Immutable.</summary>
/// <param name="Low">The first tick.</param>
/// <param name="Step">From tick to tick.</param>
/// <param name="Steps">How many, at least 1.</param>
internal sealed record Axis(double Low, double Step, int Steps)
{
    /// <summary>Marks stand this far, in percent of the width, from both ends, so that none is cut: in narrow pictures more.</summary>
    public double Margin { get; init; } = 2;

    public double High => Low + (Step * Steps);

    public IEnumerable<double> Ticks => Enumerable.Range(0, Steps + 1).Select(i => Low + (i * Step));

    /// <summary>An axis that holds both values.</summary>
    /// <param name="low">The smallest.</param>
    /// <param name="high">The largest.</param>
    /// <param name="steps">Ticks at most, the first left out.</param>
    /// <param name="isWhole">Whether ticks are whole numbers, as for counts.</param>
    public static Axis Covering(double low, double high, int steps = 5, bool isWhole = false)
    {
        double range = Math.Max(high - low, isWhole ? 1 : 1e-9);
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / steps)));
        for (; ; power *= 10)
        {
            foreach (double nice in (double[])[1, 2, 5])
            {
                double step = nice * power;
                if (isWhole && step < 1) continue;
                double first = Math.Floor((low / step) + 1e-9), last = Math.Max(Math.Ceiling((high / step) - 1e-9), first + 1);
                if (last - first <= steps) return new Axis(first * step, step, (int)(last - first));
            }
        }
    }

    /// <summary>Where a value stands, from 0 to 1; outside of it for values that the axis does not hold.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    /// <summary>The same in percent of the width, inside of the margins; values beyond the ends stand at the ends.</summary>
    public string X(double value) => Percent(Math.Clamp(Place(value), 0, 1));

    /// <summary>The same in pixels from the top, for an axis that goes up.</summary>
    public string Y(double value, double height, double margin)
        => (height - margin - (Math.Clamp(Place(value), 0, 1) * (height - (2 * margin)))).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A place from 0 to 1 in percent of the width, inside of the margins.</summary>
    private string Percent(double place) => (Margin + (place * (100 - (2 * Margin)))).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + "%";
}
