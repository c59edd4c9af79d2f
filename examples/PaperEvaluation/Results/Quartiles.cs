using System.ComponentModel;
using MathNet.Numerics.Statistics;

namespace PaperEvaluation.Results;

/// <summary>A box plot in numbers. Immutable.</summary>
internal sealed record Quartiles
{
    [Description("Smallest value.")]
    public required double Min { get; init; }

    [Description("A quarter of the values lie below.")]
    public required double Lower { get; init; }

    [Description("Half of the values lie below.")]
    public required double Median { get; init; }

    [Description("A quarter of the values lie above.")]
    public required double Upper { get; init; }

    [Description("Largest value.")]
    public required double Max { get; init; }

    /// <summary>Of some values; null of none.</summary>
    public static Quartiles? Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) return null;
        double[] five = values.FiveNumberSummary();
        return new Quartiles { Min = five[0], Lower = five[1], Median = five[2], Upper = five[3], Max = five[4] };
    }
}
