namespace Cfd.MLNet.Reporting.Marks;

/// <summary>
/// Packs marks along an axis so that none hides another: each keeps its place on the axis and moves aside as little as it can, in the order
/// given. A mark is a dot, or a line from one place to another. Where they would pile up higher than the limit they come closer to one another.
/// </summary>
internal static class Swarm
{
    /// <summary>The width in dots that is packed for: on narrower screens dots are smaller, on wider ones they have more room.</summary>
    private const double Width = 620, Distance = 9, MaximumHeight = 76;

    /// <summary>How far each mark moves aside, in pixels; negative upwards.</summary>
    /// <param name="marks">Where each begins and ends, from 0 to 1; the same place twice for a dot.</param>
    public static double[] Offsets(IReadOnlyList<(double From, double To)> marks)
    {
        var offsets = new double[marks.Count];
        var placed = new List<(double Low, double High, double Y)>();
        for (int i = 0; i < marks.Count; i++)
        {
            double low = Math.Min(marks[i].From, marks[i].To) * Width, high = Math.Max(marks[i].From, marks[i].To) * Width;
            (double Apart, double Y)[] near = [.. placed.Select(mark => (Apart: Math.Max(0, Math.Max(mark.Low, low) - Math.Min(mark.High, high)), mark.Y)).Where(mark => mark.Apart < Distance)];
            double y = near.SelectMany(Beside).Prepend(0)
                .OrderBy(Math.Abs).First(candidate => near.All(mark => Square(mark.Apart) + Square(mark.Y - candidate) >= Square(Distance) - 1e-6));
            placed.Add((low, high, y));
            offsets[i] = y;
        }

        double highest = offsets.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return highest <= MaximumHeight ? offsets : [.. offsets.Select(offset => offset * MaximumHeight / highest)];
    }

    /// <summary>Where a mark so far away along the axis would touch another, above and below.</summary>
    private static double[] Beside((double Apart, double Y) mark)
    {
        double away = Math.Sqrt(Math.Max(0, Square(Distance) - Square(mark.Apart)));
        return [mark.Y - away, mark.Y + away];
    }

    private static double Square(double value) => value * value;
}
