namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// The losses that linear learners descend, as one family. With the margin m = y f, y in {-1, 1}, a row pulls on f with
/// <c>y q(m), q(m) = 1 / (1 + exp((m - Target) / Width))</c>. Target 0 and width 1 are logistic regression; target 1 and a width towards 0 the
/// hinge of perceptrons and support vector machines, whose kink is smeared by the weights' wandering while they learn.
/// </summary>
/// <param name="Target">The margin beyond which a row is content: 0 or 1.</param>
/// <param name="Width">Scores over which contentment sets in, above 0.</param>
internal readonly record struct MarginLoss(double Target, double Width)
{
    public static MarginLoss Logistic { get; } = new(0, 1);

    /// <summary>How hard a row of that label (0 or 1) pulls its score, signed.</summary>
    public double Pull(double score, float label)
    {
        double sign = label > 0.5f ? 1 : -1;
        return sign * Discontent(sign * score);
    }

    /// <summary>What flipping the label changes in the pull.</summary>
    public double FlipPull(double score, float label) => Pull(score, 1 - label) - Pull(score, label);

    /// <summary>How fast the pull slackens as the score gives way, at least 0.</summary>
    public double Curvature(double score, float label)
    {
        double q = Discontent((label > 0.5f ? 1 : -1) * score);
        return q * (1 - q) / Width;
    }

    private double Discontent(double margin) => 1 / (1 + Math.Exp((margin - Target) / Width));
}
