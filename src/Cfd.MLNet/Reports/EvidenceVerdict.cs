namespace Cfd.MLNet;

/// <summary>What a counterfactual dataset says, once fresh trainings that its search never saw were asked.</summary>
public enum EvidenceVerdict
{
    /// <summary>
    /// Nothing decides: no evidence was gathered, a stop came first, too few fresh trainings came to an end, psi admits too few other sets to compare
    /// with, or these all do the same, or the learner draws numbers that no seed of ours governs.
    /// </summary>
    Untested,

    /// <summary>
    /// A fact about this one training run: fresh trainings with the same flips do not decide otherwise on average, or they decide otherwise without any
    /// flip.
    /// </summary>
    OfThisRun,

    /// <summary>Neither is clear, or the labels' shift hangs on the seed, or is not enough more than that of random ones for so many tries and rows.</summary>
    Weak,

    /// <summary>
    /// A fact about the data and the training procedure: fresh trainings decide as f on average without the flips and otherwise with them, both with
    /// 95 % confidence, and these labels shift the decision nearly alike under every seed (their mean at least 1.8 standard deviations) and more than
    /// the best of as many random tries as the search made would, at a false discovery rate of 5 % over the rows searched. (The transform answers row
    /// by row, so there it is 5 % for each row.)
    /// </summary>
    Stands,
}
