namespace Cfd.MLNet.Rankings;

/// <summary>
/// The figures that forecasts of a network's own training rest on. They were set by looking at splits 1 to 6 of German and Student; on splits of four other
/// sets none of the values tried is better by more than 3 % in surprise (docs/measurements.md). Immutable.
/// </summary>
internal sealed record ForecastConstants
{
    public static ForecastConstants InUse { get; } = new();

    /// <summary>Share of the weight on the epochs forecast, against the epoch staying as it is; in [0, 1].</summary>
    public double JumpWeight { get; init; } = 0.7;

    /// <summary>How real shifts spread around forecast ones: a share of the shift.</summary>
    public double RelativeSpread { get; init; } = 0.5;

    /// <summary>The least spread, in logits.</summary>
    public double SmallestSpread { get; init; } = 0.02;

    /// <summary>The spread where candidates of one row are compared with each other alone, one for all of them: a share of the shift needed.</summary>
    public double RelativeRankingSpread { get; init; } = 0.3;

    /// <summary>The least of it, in logits.</summary>
    public double SmallestRankingSpread { get; init; } = 0.01;
}
