namespace Cfd.MLNet;

/// <summary>What an audit would take at most, if it found nothing: an estimate before it starts. Immutable.</summary>
public sealed record AuditEstimate
{
    /// <summary>Test rows that the filters let pass and that would be searched.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// Different flip sets among the attempts of all rows; for the schedules Predicted and Adaptive, which choose as they go, a bound.
    /// </summary>
    public required int RetrainsAtMost { get; init; }

    /// <summary>What one retrain took, measured alone on one core; 0 where none is needed.</summary>
    public required TimeSpan RetrainingTime { get; init; }

    /// <summary>Models that are trained at once.</summary>
    public required int ModelsAtOnce { get; init; }

    /// <summary>RetrainsAtMost * RetrainingTime / ModelsAtOnce: what retraining would take if nothing else slowed it down.</summary>
    public TimeSpan TimeAtMost => RetrainsAtMost * RetrainingTime / ModelsAtOnce;
}
