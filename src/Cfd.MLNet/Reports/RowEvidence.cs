namespace Cfd.MLNet;

/// <summary>
/// What a counterfactual dataset is worth: how it stands out from what retraining changes by itself. All figures are of the minimised
/// flips, which are the row's flipped rows. Trainings that diverged count nowhere. Immutable.
/// </summary>
public sealed record RowEvidence
{
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
    /// Placebo rate: of the retrains with as many random labels flipped, drawn without repetition from the rows that psi admits and other than
    /// the counterfactual dataset, those that change the decision too. Low: these labels, not just any. With its 95 % Wilson interval.
    /// </summary>
    public required Proportion PlaceboRate { get; init; }

    /// <summary>
    /// The same with labels drawn from all training rows. Well below <see cref="PlaceboRate"/>: the rows that psi admits matter for this
    /// decision more than others.
    /// </summary>
    public required Proportion PlaceboRateOfAllRows { get; init; }

    /// <summary>
    /// Seed stability: of the other seeds s, those under which the flips still change the decision: f_s(x) differs from f'_s(x). A seed
    /// decides initial weights and the order of mini-batches; the validation rows stay. Total is 0 for learners without a seed.
    /// </summary>
    public required Proportion SeedStability { get; init; }

    /// <summary>
    /// Of the same seeds, those that decide otherwise without any flip: f_s(x) differs from f(x). High: the decision is a toss-up anyway.
    /// </summary>
    public required Proportion SeedDisagreement { get; init; }

    /// <summary>Retrained models that were asked about this row; rows share most of them.</summary>
    public required int Retrains { get; init; }
}
