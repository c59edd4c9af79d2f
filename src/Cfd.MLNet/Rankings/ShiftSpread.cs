using MathNet.Numerics.Distributions;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// How real shifts lie around forecast ones: a slope, and a spread that is a share of the shift and a floor. Shared by all rows of a ranker. For
/// the network itself the figures are constants; forecasts that were made by looking at something else than the learner's own training are
/// fitted to what its retrains did. Used by one thread at a time.
/// </summary>
internal sealed class ShiftSpread
{
    /// <summary>Before anything was measured: a spread as large as that share of the shift, and at least as that share of the shift needed.</summary>
    private const double UnknownSpread = 0.5, UnknownFloor = 0.25;

    /// <summary>Of median absolute deviations, for normal numbers.</summary>
    private const double ToStandardDeviation = 1.4826;

    private double _slope = 1, _relative;
    private double? _floor;

    private ShiftSpread(double relative, double? floor) => (_relative, _floor) = (relative, floor);

    /// <summary>Whether it is fitted to measured shifts, which then may have heavy tails.</summary>
    public bool IsFitted { get; private init; }

    /// <summary>The computed reaction of a network's own training, in logits.</summary>
    public static ShiftSpread OfNetwork(ForecastConstants constants) => new(constants.RelativeSpread, constants.SmallestSpread);

    /// <summary>Any other forecast, in whatever unit the learner's scores are.</summary>
    public static ShiftSpread ToBeFitted() => new(UnknownSpread, null) { IsFitted = true };

    /// <summary>How likely the real shift is at least so large.</summary>
    /// <param name="predicted">The forecast.</param>
    /// <param name="level">The shift asked about.</param>
    /// <param name="needed">|f(x)|, the scale as long as nothing was measured.</param>
    public double ChanceOfAtLeast(double level, double predicted, double needed)
    {
        double expected = _slope * predicted;
        double deviation = (expected - level) / ((_relative * Math.Abs(expected)) + (_floor ?? (UnknownFloor * needed) + float.Epsilon));
        return IsFitted ? HeavyTailed(deviation) : Normal.CDF(0, 1, deviation);
    }

    /// <summary>Fits slope and spread to forecasts and what came of them; needs some of both sizes.</summary>
    public void Fit(IReadOnlyList<(double Predicted, double Measured)> answers)
    {
        if (!IsFitted || answers.Count < 20) return;
        double[] sizes = [.. answers.Select(answer => Math.Abs(answer.Measured)).Order()];
        double most = sizes[(int)(0.99 * (sizes.Length - 1))];
        // A forecast far too large must not decide alone: from the median on, each answer's ratio counts the same.
        double median = answers.Select(answer => Math.Abs(answer.Predicted)).Order().ElementAt(answers.Count / 2), products = 0, squares = 0;
        foreach (var (predicted, measured) in answers)
        {
            double weight = Math.Max(Math.Abs(predicted), median) is > 0 and var size ? 1 / (size * size) : 0;
            products += weight * predicted * Math.Clamp(measured, -most, most);
            squares += weight * predicted * predicted;
        }

        _slope = squares > 0 ? Math.Max(0, products / squares) : 0;
        (double Size, double Deviation)[] bySize =
            [.. answers.Select(answer => (Math.Abs(answer.Predicted), Math.Abs(answer.Measured - (_slope * answer.Predicted)))).OrderBy(answer => answer.Item1)];
        int half = bySize.Length / 2, top = bySize.Length - Math.Max(10, bySize.Length / 5);
        double floor = Deviation(bySize.AsSpan(0, half)), large = Deviation(bySize.AsSpan(top)), shift = 0;
        for (int i = top; i < bySize.Length; i++) shift += _slope * bySize[i].Size / (bySize.Length - top);
        _floor = Math.Max(floor, 1e-6 * most) + float.Epsilon;
        _relative = shift > 0 ? Math.Clamp((large - floor) / shift, 0, 2) : 0;
    }

    private static double Deviation(ReadOnlySpan<(double Size, double Deviation)> answers)
    {
        var deviations = new double[answers.Length];
        for (int i = 0; i < deviations.Length; i++) deviations[i] = answers[i].Deviation;
        Array.Sort(deviations);
        return ToStandardDeviation * deviations[deviations.Length / 2];
    }

    /// <summary>The distribution function of Student's t with 3 degrees of freedom.</summary>
    private static double HeavyTailed(double t)
    {
        double scaled = t / Math.Sqrt(3);
        return 0.5 + (((scaled / (1 + (scaled * scaled))) + Math.Atan(scaled)) / Math.PI);
    }
}
