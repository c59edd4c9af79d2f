namespace Cfd.MLNet.Reporting.Marks;

/// <summary>
/// Packs dots along an axis so that none hides another: each keeps its place on the axis and moves aside as little as it can, in the order
/// given. Where dots would pile up higher than the limit they come closer to one another.
/// </summary>
internal static class Swarm
{
    /// <summary>The width in dots that is packed for: on narrower screens dots are smaller, on wider ones they have more room.</summary>
    private const double Width = 620, Distance = 9, MaximumHeight = 76;

    /// <summary>How far each dot moves aside, in pixels; negative upwards.</summary>
    /// <param name="places">From 0 to 1.</param>
    public static double[] Offsets(IReadOnlyList<double> places)
    {
        var offsets = new double[places.Count];
        var placed = new List<(double X, double Y)>();
        for (int i = 0; i < places.Count; i++)
        {
            double x = places[i] * Width;
            (double X, double Y)[] near = [.. placed.Where(dot => Math.Abs(dot.X - x) < Distance)];
            double y = near.SelectMany(dot => Beside(dot, x)).Prepend(0)
                .OrderBy(Math.Abs).First(candidate => near.All(dot => Square(dot.X - x) + Square(dot.Y - candidate) >= Square(Distance) - 1e-6));
            placed.Add((x, y));
            offsets[i] = y;
        }

        double highest = offsets.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return highest <= MaximumHeight ? offsets : [.. offsets.Select(offset => offset * MaximumHeight / highest)];
    }

    /// <summary>Where a dot at x would touch another, above and below.</summary>
    private static double[] Beside((double X, double Y) dot, double x)
    {
        double away = Math.Sqrt(Math.Max(0, Square(Distance) - Square(dot.X - x)));
        return [dot.Y - away, dot.Y + away];
    }

    private static double Square(double value) => value * value;
}
