namespace Cfd.MLNet;

/// <summary>Which flip sets are tried for a test row, and in which order. m is the budget.</summary>
public enum AttemptSchedule
{
    /// <summary>Algorithm 1: the top k ranked rows, for k = 1 to m.</summary>
    TopK,

    /// <summary>
    /// The paper's protocol for small sets: attempt t flips the t-th ranked row alone, for t up to 10 % of the rows passing psi (at
    /// least 1).
    /// </summary>
    SingleFlips,

    /// <summary>
    /// The paper's protocol for large sets, 10 m attempts: for k = 1 to m the top k, then 9 distinct seeded k-subsets of the top a k
    /// rows, a the smallest integer for which there are more than 10 of them.
    /// </summary>
    SampledTopK,

    /// <summary>Every row passing psi, one at a time, in ranked order; the ground truth for a budget of 1.</summary>
    Exhaustive,

    /// <summary>
    /// A handful of attempts a row: the top k at the k that the ranking predicts to be enough, corrected by the measured shift. Needs a ranking
    /// that predicts shifts: <see cref="RankingMethod.Trajectory"/>.
    /// </summary>
    Predicted,

    /// <summary>
    /// All rows of an audit together: each retrain is the one expected to settle most, by predicted shifts corrected by those measured so
    /// far, and every retrained model is asked about every waiting row whose psi admits its flips. Ends when no flip set is worth its
    /// retrain. Needs a ranking that predicts shifts: <see cref="RankingMethod.Trajectory"/>. In the transform each row is alone.
    /// </summary>
    Adaptive,
}
