using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>The decimal mark of all columns, and why it is thought to be that one. Immutable.</summary>
/// <param name="Mark">A point or a comma.</param>
/// <param name="Reason">For people.</param>
internal sealed record DecimalMark(char Mark, string Reason)
{
    /// <summary>The mark asked for; else the one that some number can only have.</summary>
    /// <exception cref="ArgumentException">--decimal is neither.</exception>
    /// <exception cref="InvalidDataException">Columns contradict one another, or none tells.</exception>
    public static DecimalMark Of(IEnumerable<ColumnSurvey> columns, string? asked, bool hasSemicolons)
    {
        if (asked is not null)
        {
            return asked is "." or "point" ? new DecimalMark('.', "--decimal") : asked is "," or "comma" ? new DecimalMark(',', "--decimal")
                : throw new ArgumentException($"--decimal is '{asked}'; it is '.' or ','.");
        }

        // Texts with a few numbers among them do not count.
        ColumnSurvey[] numeric = [.. columns.Where(column => column.Numbers > column.Others)];
        var point = numeric.MaxBy(column => column[NumberShape.Point]);
        var comma = numeric.MaxBy(column => column[NumberShape.Comma]);
        bool hasPoint = point is not null && point[NumberShape.Point] > 0, hasComma = comma is not null && comma[NumberShape.Comma] > 0;
        if (hasPoint && hasComma)
        {
            throw new InvalidDataException(
                $"Column {Shown.Value(point!.Column.Name)} has a decimal point ({Shown.Value(point.ExampleOf(NumberShape.Point))}), column {Shown.Value(comma!.Column.Name)} a decimal comma " +
                $"({Shown.Value(comma.ExampleOf(NumberShape.Comma))}). Say which holds with --decimal . or --decimal , and leave the other column out with --ignore.");
        }

        if (hasPoint) return new DecimalMark('.', $"column {Shown.Value(point!.Column.Name)} has {Shown.Value(point.ExampleOf(NumberShape.Point))}");
        if (hasComma) return new DecimalMark(',', $"column {Shown.Value(comma!.Column.Name)} has {Shown.Value(comma.ExampleOf(NumberShape.Comma))}");
        var open = numeric.FirstOrDefault(column => column[NumberShape.AmbiguousComma] + column[NumberShape.AmbiguousPoint] > 0);
        if (open is null) return new DecimalMark('.', "no number has a decimal mark");
        bool bothOpen = numeric.Any(column => column[NumberShape.AmbiguousComma] > 0) && numeric.Any(column => column[NumberShape.AmbiguousPoint] > 0);
        if (hasSemicolons || bothOpen)
        {
            var shape = open[NumberShape.AmbiguousComma] > 0 ? NumberShape.AmbiguousComma : NumberShape.AmbiguousPoint;
            throw new InvalidDataException(
                $"Column {Shown.Value(open.Column.Name)}: {Shown.Value(open.ExampleOf(shape))} may be a number of thousands or one with three decimals, and no other number tells. Say --decimal . or --decimal ,");
        }

        return new DecimalMark('.', $"the usual one; {Shown.Value(open.ExampleOf(open[NumberShape.AmbiguousComma] > 0 ? NumberShape.AmbiguousComma : NumberShape.AmbiguousPoint))} is read so");
    }
}
