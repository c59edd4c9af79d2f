namespace Cfd.MLNet;

/// <summary>
/// What an audit would take at most, if it found nothing: an estimate before it starts, in trainings, of which a retrain takes as many as f has
/// networks. Immutable.
/// </summary>
public sealed record AuditEstimate
{
    /// <summary>Test rows that the filters let pass and that would be searched.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// Different flip sets among the attempts of all rows; for the schedules Predicted and Adaptive, which choose as they go, a bound.
    /// </summary>
    public required int RetrainsAtMost { get; init; }

    /// <summary>Trainings that a retrain takes: the models whose mean decides, 1 for other learners.</summary>
    public required int TrainingsPerRetrain { get; init; }

    /// <summary>RetrainsAtMost * TrainingsPerRetrain.</summary>
    public long TrainingsAtMost => (long)RetrainsAtMost * TrainingsPerRetrain;

    /// <summary>What one training took, measured alone on one core, of several networks on average; 0 where none is needed.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>Trainings that run at once.</summary>
    public required int TrainingsAtOnce { get; init; }

    /// <summary>TrainingsAtMost * TrainingTime / TrainingsAtOnce: what retraining would take if nothing else slowed it down.</summary>
    public TimeSpan TimeAtMost => TrainingsAtMost * TrainingTime / TrainingsAtOnce;
}
