namespace Cfd.MLNet.Learning.Inspection;

/// <summary>A linear score: <c>Score = Bias + sum_j Weights[j] x[j]</c>.</summary>
/// <param name="weights">One weight a feature.</param>
/// <param name="bias">The intercept.</param>
/// <param name="isLogistic">
/// Whether the score is the logit of the model's own probability, as logistic regressions have it (L-BFGS, SDCA, SGD): then their loss is known.
/// </param>
internal sealed class LinearModel(double[] weights, double bias, bool isLogistic) : InspectedModel
{
    public override int Features => weights.Length;

    public IReadOnlyList<double> Weights => weights;

    public double Bias => bias;

    public bool IsLogistic => isLogistic;

    public override double Score(ReadOnlySpan<float> features)
    {
        double score = bias;
        for (int slot = 0; slot < weights.Length; slot++) score += weights[slot] * features[slot];
        return score;
    }
}
