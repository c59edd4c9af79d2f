using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// What a counterfactual dataset is worth: whether trainings that the search never saw agree with it, and how it stands out from random flips. All
/// figures are of the minimised flips, which are the row's flipped rows. Trainings that diverged count nowhere. Immutable.
/// </summary>
/// <remarks>
/// A fresh training s differs from f in its seed alone: f_s without flips, f'_s with them. Logits are turned so that above 0 is the other decision than
/// f's.
/// </remarks>
public sealed record RowEvidence
{
    /// <summary>Fresh trainings below which nothing is said.</summary>
    internal const int FewestFresh = 3;

    /// <summary>Placebos below which their spread says nothing.</summary>
    internal const int FewestPlacebos = 5;

    /// <summary>
    /// Standard deviations over the seeds that the mean shift of what stands lies above 0, lest seeds decide what the labels do. Fitted with the placebos' robust
    /// spread on calibration sets 1001 to 1024 (docs/evidence.md), and frozen.
    /// </summary>
    internal const double ConsistencyNeeded = 1.8;

    /// <summary>The verdict that the other figures lead to.</summary>
    public required EvidenceVerdict Verdict { get; init; }

    /// <summary>How many labels the search had flipped, before those that are not needed were left out one by one.</summary>
    public required int FlipsFound { get; init; }

    /// <summary>How many labels flip still: without any one of them the decision stays as it was.</summary>
    public required int Flips { get; init; }

    /// <summary>
    /// Whether no smaller set of labels that psi admits changes the decision: all were tried. True for a single flip. False says that it
    /// was not tried, see <see cref="EvidenceOptions.ProofRetrains"/>; then the flips are the smallest found.
    /// </summary>
    public required bool IsProvenSmallest { get; init; }

    /// <summary>
    /// Whether f' still decides otherwise when it is trained for exactly as many epochs as f, so that the flips do not work through early stopping alone.
    /// Null where training does not stop early, epochs are fixed anyway, or it was not tested.
    /// </summary>
    public required bool? HoldsAtFixedEpochs { get; init; }

    /// <summary>
    /// Epochs that f was trained for until it stopped early: up to the epoch whose weights were kept; the mean over its networks. Null where
    /// <see cref="HoldsAtFixedEpochs"/> is not tested.
    /// </summary>
    public required double? Epochs { get; init; }

    /// <summary>The same of f'.</summary>
    public required double? CounterfactualEpochs { get; init; }

    /// <summary>Of the fresh trainings s, those in which the flips do what they did in f: f_s(x) decides as f, and f'_s(x) otherwise.</summary>
    public required Proportion SeedStability { get; init; }

    /// <summary>Of the same, those that decide otherwise without any flip. High: the decision hangs on the seed.</summary>
    public required Proportion SeedDisagreement { get; init; }

    /// <summary>Mean logit of f_s(x) over the fresh trainings, with its 95 % interval (Student's t); below 0 as f. Null without fresh trainings.</summary>
    public required Interval? FreshScore { get; init; }

    /// <summary>Mean logit of f'_s(x); above 0 where the flips turn the decision over on average. Null without fresh trainings.</summary>
    public required Interval? FreshCounterfactualScore { get; init; }

    /// <summary>
    /// Mean of f'_s(x) - f_s(x), the shift that the flips give under the same seeds; of a learner without a seed its only shift, with no width. Null
    /// where it was not measured.
    /// </summary>
    public required Interval? Shift { get; init; }

    /// <summary>
    /// The mean shift in its own standard deviations over the seeds; a finding stands from 1.8 on, where about 96 % of the trainings shift that way. Null
    /// without fresh trainings, or where all shift alike.
    /// </summary>
    public required double? ShiftConsistency { get; init; }

    /// <summary>
    /// The mean of the same shift for placebos: as many random labels, drawn without repetition from the rows that psi admits and other than
    /// the counterfactual dataset, under the same seeds. Its interval is of the mean; where the placebos are all there are it has no width. Null
    /// where placebos were not needed for the verdict.
    /// </summary>
    public required Interval? PlaceboShift { get; init; }

    /// <summary>Of the placebos, those that turn the decision over on average under the same seeds. Total is 0 where none were needed.</summary>
    public required Proportion PlaceboRate { get; init; }

    /// <summary>
    /// How likely the best of as many placebos as the search made tries would shift the decision as much (Student's t over the placebos' shifts, Sidak over
    /// the tries), before the false discovery rate over all rows is kept. Null where placebos were not needed or are too few to tell.
    /// </summary>
    public required double? PValue { get; init; }

    /// <summary>Trainings that were asked about this row, each network counted by itself; rows share most of them.</summary>
    public required int Trainings { get; init; }

    /// <summary>What a weak finding lacks first; null where the verdict is another one.</summary>
    internal Weakness? Weakness => Verdict != EvidenceVerdict.Weak ? null
        : SeedStability.Total == 0 ? Reports.Weakness.RandomLabels
        : Margin is not > 0 ? Reports.Weakness.FreshTrainings
        : ShiftConsistency < ConsistencyNeeded ? Reports.Weakness.Seed : Reports.Weakness.RandomLabels;

    /// <summary>
    /// By how many logits fresh trainings keep clear of the boundary on both sides, with 95 % confidence: the lesser of what lies between it and the
    /// nearer ends of both intervals; negative where one of them crosses it. Null without fresh trainings.
    /// </summary>
    internal double? Margin => FreshScore is { } before && FreshCounterfactualScore is { } after ? Math.Min(-before.High, after.Low) : null;
}
