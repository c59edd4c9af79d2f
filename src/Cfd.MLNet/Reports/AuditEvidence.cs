namespace Cfd.MLNet;

/// <summary>What the counterfactual datasets of an audit are worth as a whole. Immutable.</summary>
public sealed record AuditEvidence
{
    private const double HighNoise = 0.01;

    /// <summary>How much was retrained.</summary>
    public required EvidenceLevel Level { get; init; }

    /// <summary>
    /// Noise floor, in [0, 1]: the share of the audited rows' predictions that change when nothing changes but the initial weights, by one part
    /// in a million; mean over <see cref="NoiseRetrains"/>. For pipelines of ML.NET, whose weights cannot be had: when the training is merely repeated. Null
    /// where no such retrain came to an end.
    /// </summary>
    public required double? NoiseFloor { get; init; }

    /// <summary>Retrains behind <see cref="NoiseFloor"/>.</summary>
    public required int NoiseRetrains { get; init; }

    /// <summary>Counterfactual datasets with evidence; fewer than were found only where the audit was cancelled.</summary>
    public required int Judged { get; init; }

    /// <summary>Of these, those that stand (<see cref="EvidenceVerdict.Stands"/>).</summary>
    public required int Standing { get; init; }

    /// <summary>Of these, weak ones.</summary>
    public required int Weak { get; init; }

    /// <summary>Of these, facts about this one training run.</summary>
    public required int OfThisRun { get; init; }

    /// <summary>Of these, those that nothing decides.</summary>
    public int Untested => Judged - Standing - Weak - OfThisRun;

    /// <summary>Of these, proven smallest.</summary>
    public required int ProvenSmallest { get; init; }

    /// <summary>Mean placebo rate of those compared with placebos, in [0, 1]; null without any.</summary>
    public required double? MeanPlaceboRate { get; init; }

    /// <summary>Different trainings that the evidence rests on, each network counted by itself; some of them the search had made already.</summary>
    public required long Trainings { get; init; }

    /// <summary>The bound of <see cref="Trainings"/> that was known when the search had ended.</summary>
    public required long TrainingsAtMost { get; init; }

    /// <summary>Whether the noise floor is 1 % or more.</summary>
    internal bool HasHighNoiseFloor => NoiseFloor >= HighNoise;
}
