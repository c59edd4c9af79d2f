namespace Cfd.MLNet;

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

    /// <summary>
    /// Influence functions (Koh and Liang 2017): q_i = grad f(x)^T (H + damping)^-1 grad f(x_i), the expected shift of the logit of x, signed
    /// such that a high score pushes towards the other decision. H is the Gauss-Newton matrix of the mean training loss, factored on the
    /// side of the rows or of the parameters, whichever are fewer; there may be up to 20,000 of these.
    /// </summary>
    InfluenceExplicit,

    /// <summary>
    /// The same with the exact Hessian of the mean training loss, for networks of up to 3,000 parameters. It need not be positive definite, and
    /// then has no claim to be the curvature of a minimum.
    /// </summary>
    InfluenceHessian,

    /// <summary><see cref="InfluenceExplicit"/> by conjugate gradients, without forming H.</summary>
    InfluenceConjugateGradient,

    /// <summary><see cref="InfluenceExplicit"/> by LiSSA's series (Agarwal, Bullins and Hazan 2017), without forming H.</summary>
    InfluenceLissa,

    /// <summary><see cref="InfluenceExplicit"/> by Arnoldi's iteration (Schioppa et al. 2022), without forming H.</summary>
    InfluenceArnoldi,

    /// <summary>
    /// grad f(x)^T grad f(x_i), signed as <see cref="InfluenceExplicit"/>: influence without curvature, what one step of gradient descent on the
    /// flipped label would do to the logit of x.
    /// </summary>
    GradientSimilarity,

    /// <summary>
    /// The computed reaction of training: the derivative of f(x) by every training label, taken backwards through the whole training run
    /// (reverse mode; Maclaurin, Duvenaud and Adams 2015; Ilyas and Engstrom 2025). Costs about the time of two retrains a test row; predicts
    /// the shift itself, which <see cref="AttemptSchedule.Predicted"/> and <see cref="AttemptSchedule.Adaptive"/> work with.
    /// </summary>
    Trajectory,
}
