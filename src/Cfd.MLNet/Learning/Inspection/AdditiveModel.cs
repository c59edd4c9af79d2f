namespace Cfd.MLNet.Learning.Inspection;

/// <summary>
/// A generalized additive model: <c>Score = Bias + sum_j Effects[j][bin of x[j]]</c>, the bin being the first whose upper bound is at least x[j].
/// A feature without bins has no effect.
/// </summary>
/// <param name="upperBounds">By feature, ascending, the upper bound of each bin.</param>
/// <param name="effects">By feature, what each bin adds to the score.</param>
/// <param name="bias">The intercept.</param>
internal sealed class AdditiveModel(double[][] upperBounds, double[][] effects, double bias) : InspectedModel
{
    public override int Features => effects.Length;

    public double Bias => bias;

    public IReadOnlyList<double> Effects(int feature) => effects[feature];

    /// <summary>The bin of a value; the last where it lies beyond all bounds. Only for features that have bins.</summary>
    public int Bin(int feature, float value)
    {
        double[] bounds = upperBounds[feature];
        int bin = Array.BinarySearch(bounds, value);
        return Math.Min(bin < 0 ? ~bin : bin, bounds.Length - 1);
    }

    public override double Score(ReadOnlySpan<float> features)
    {
        double score = bias;
        for (int feature = 0; feature < effects.Length; feature++)
        {
            if (effects[feature].Length > 0) score += effects[feature][Bin(feature, features[feature])];
        }

        return score;
    }
}
