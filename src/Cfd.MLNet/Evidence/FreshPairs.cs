using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Cfd.MLNet.Evidence;

/// <summary>
/// What fresh trainings say of a row without the flips and with them, seed by seed, turned so that above 0 is the other decision. Used by one thread at a
/// time.
/// </summary>
internal sealed class FreshPairs
{
    /// <summary>Both sides of each 95 % interval.</summary>
    private const double Confidence = 0.975;

    private readonly List<(double Before, double After)> _pairs = [];

    public int Count => _pairs.Count;

    /// <summary>A training that diverged, on either side, says nothing of the flips.</summary>
    public void Add(double before, double after)
    {
        if (!double.IsNaN(before) && !double.IsNaN(after)) _pairs.Add((before, after));
    }

    public Interval? Before => Mean(pair => pair.Before);

    public Interval? After => Mean(pair => pair.After);

    public Interval? Shift => Mean(pair => pair.After - pair.Before);

    /// <summary>Whether the mean decides as f without the flips and otherwise with them, both with confidence.</summary>
    public bool IsConfirmed => _pairs.Count >= RowEvidence.FewestFresh && Before is { High: < 0 } && After is { Low: > 0 };

    /// <summary>Whether, with confidence, the flips do not turn the mean over, or it is on the other side without them.</summary>
    public bool IsRefuted => _pairs.Count >= RowEvidence.FewestFresh && (After is { High: < 0 } || Before is { Low: > 0 } || Shift is { High: < 0 });

    /// <summary>
    /// Standard deviations, over the seeds, that the mean shift lies above 0 (Cohen's d of paired samples): 1.8 says that about 96 % of the trainings shift that
    /// way. Null where there is no deviation.
    /// </summary>
    public double? Consistency
    {
        get
        {
            double[] shifts = [.. _pairs.Select(pair => pair.After - pair.Before)];
            return shifts.Length > 1 && shifts.StandardDeviation() is > 0 and var deviation ? shifts.Mean() / deviation : null;
        }
    }

    /// <summary>Whether the flips do the same whatever the seed, to that many standard deviations.</summary>
    public bool IsConsistent(double needed) => Consistency is { } consistency ? consistency >= needed : Shift is { Value: > 0 };

    /// <summary>Fresh trainings that decide as f without the flips and otherwise with them.</summary>
    public Proportion Turned => new(_pairs.Count(pair => pair.Before <= 0 && pair.After > 0), _pairs.Count);

    /// <summary>Fresh trainings that decide otherwise without any flip.</summary>
    public Proportion Disagreeing => new(_pairs.Count(pair => pair.Before > 0), _pairs.Count);

    /// <summary>A mean with the interval of Student's t; null for fewer than two numbers.</summary>
    public static Interval? MeanOf(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return null;
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        double half = StudentT.InvCDF(0, 1, values.Count - 1, Confidence) * deviation / Math.Sqrt(values.Count);
        return new Interval(mean, mean - half, mean + half);
    }

    private Interval? Mean(Func<(double Before, double After), double> of) => MeanOf([.. _pairs.Select(of)]);
}
