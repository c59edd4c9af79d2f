namespace Cfd.MLNet;

/// <summary>What the counterfactual datasets of an audit are worth as a whole. Immutable.</summary>
public sealed record AuditEvidence
{
    private const double HighNoise = 0.01, HighPlaceboRate = 0.1;

    /// <summary>How much was retrained.</summary>
    public required EvidenceLevel Level { get; init; }

    /// <summary>
    /// Noise floor, in [0, 1]: the share of the audited rows' predictions that change when nothing changes but the initial weights, by one part
    /// in a million; mean over <see cref="NoiseRetrains"/>. For learners without initial weights: when the training is merely repeated. Null
    /// where no such retrain came to an end.
    /// </summary>
    public required double? NoiseFloor { get; init; }

    /// <summary>Retrains behind <see cref="NoiseFloor"/>.</summary>
    public required int NoiseRetrains { get; init; }

    /// <summary>Counterfactual datasets with evidence; fewer than were found only where the audit was cancelled.</summary>
    public required int Judged { get; init; }

    /// <summary>Of these, proven smallest.</summary>
    public required int ProvenSmallest { get; init; }

    /// <summary>Mean of their placebo rates, in [0, 1]; null without any.</summary>
    public required double? MeanPlaceboRate { get; init; }

    /// <summary>Of these, with a placebo rate of 10 % or more.</summary>
    public required int HighPlaceboRates { get; init; }

    /// <summary>Different retrains that the evidence rests on; some of them the search had made already.</summary>
    public required long Retrains { get; init; }

    /// <summary>The bound of <see cref="Retrains"/> that was known when the search had ended.</summary>
    public required long RetrainsAtMost { get; init; }

    /// <summary>Whether the noise floor is 1 % or more.</summary>
    internal bool HasHighNoiseFloor => NoiseFloor >= HighNoise;

    /// <summary>Whether the mean placebo rate is 10 % or more.</summary>
    internal bool HasHighPlaceboRates => MeanPlaceboRate >= HighPlaceboRate;

    internal static bool IsHighPlaceboRate(Proportion rate) => rate.Value >= HighPlaceboRate;
}
