namespace Cfd.MLNet.Ranking;

/// <summary>How training rows are ranked by their expected effect on a test row x.</summary>
public enum RankingMethod
{
    /// <summary>
    /// The paper's ranking: <see cref="LinearSurrogate"/> and <see cref="ActivationSimilarity"/>, each min-max scaled to [0, 1] over
    /// the rows passing psi, averaged.
    /// </summary>
    Combined,

    /// <summary>
    /// |z_i| with z = x^T (X^T X + lambda I)^-1 X^T: the weight of label y_i in a ridge regression's prediction for x (paper, section
    /// 3; Meyer, Albarghouthi and D'Antoni 2023).
    /// </summary>
    LinearSurrogate,

    /// <summary>Share of hidden neurons that are on or off alike for x and x_i; each layer below the last weighs half as much.</summary>
    ActivationSimilarity,

    /// <summary>A seeded random order: the baseline that a ranking has to beat.</summary>
    Random,

    /// <summary>Euclidean distance to x in the network's input space, nearest first: a baseline.</summary>
    Distance,
}
