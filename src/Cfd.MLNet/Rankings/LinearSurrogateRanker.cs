using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.LinearSurrogate"/>.</summary>
internal sealed record LinearSurrogateRanking(double RidgeLambda, bool Signed) : Ranking
{
    internal override void Validate() => Preconditions.InRange(RidgeLambda, 1e-9, 1e12, "ridgeLambda");

    /// <summary>The normal matrix is [features, features] in float64: 20,000 features take 3 GB.</summary>
    internal override void RequireFeasible(TrainingTable table, NetworkShape shape)
    {
        const int MaxFeatures = 20_000;
        if (table.Features.Columns <= MaxFeatures) return;
        throw new ArgumentException(
            $"The linear surrogate solves a ridge regression over all features; there are {table.Features.Columns}, allowed is up to {MaxFeatures}. " +
            $"Choose Ranking.{nameof(ActivationSimilarity)} or Ranking.{nameof(Distance)}, or reduce the features.");
    }

    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken)
        => new LinearSurrogateRanker(space.Table.Features, space.Table.Labels, RidgeLambda, Signed);
}

/// <summary>
/// LR scoring (paper, section 3): z = x^T (X^T X + lambda I)^-1 X^T, in float64, without intercept. z_i is the weight of label y_i
/// in the ridge prediction for x; the score is |z_i|, or where signed the shift of the prediction towards the other decision.
/// The paper's footnote prints "- lambda I", a misprint.
/// </summary>
internal sealed class LinearSurrogateRanker : IRanker
{
    private readonly FeatureMatrix _features;
    private readonly float[] _labels;
    private readonly bool _signed;
    private readonly Cholesky<double> _normalMatrix;

    public LinearSurrogateRanker(FeatureMatrix features, float[] labels, double lambda, bool signed)
    {
        _features = features;
        _labels = labels;
        _signed = signed;
        _normalMatrix = NormalMatrix(features, lambda).Cholesky();
    }

    public void Score(RankingQuery query, Span<double> scores)
    {
        Weights(query.Features.Span, query.Candidates, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            // Flipping pushes away from the label: towards the other decision where the label is the present one.
            bool labelIsPrediction = (_labels[query.Candidates[i]] > 0.5f) == query.PredictedLabel;
            scores[i] = !_signed ? Math.Abs(scores[i]) : labelIsPrediction ? scores[i] : -scores[i];
        }
    }

    /// <summary>z_i for the given rows.</summary>
    public void Weights(ReadOnlySpan<float> features, ReadOnlySpan<int> rows, Span<double> weights)
    {
        var x = Vector<double>.Build.Dense(features.Length);
        for (int slot = 0; slot < features.Length; slot++) x[slot] = features[slot];
        double[] solution = _normalMatrix.Solve(x).AsArray();
        for (int i = 0; i < rows.Length; i++) weights[i] = Dot(solution, _features.Row(rows[i]));
    }

    private static Matrix<double> NormalMatrix(FeatureMatrix features, double lambda)
    {
        int columns = features.Columns;
        var sums = new double[columns * columns];
        for (int row = 0; row < features.Rows; row++)
        {
            var x = features.Row(row);
            for (int i = 0; i < columns; i++)
            {
                // One-hot rows are mostly zeros.
                if (x[i] == 0) continue;
                double xi = x[i];
                var target = sums.AsSpan(i * columns, columns);
                for (int j = 0; j < columns; j++) target[j] += xi * x[j];
            }
        }

        for (int i = 0; i < columns; i++) sums[(i * columns) + i] += lambda;
        return Matrix<double>.Build.Dense(columns, columns, sums);
    }

    /// <summary>Four running sums, so that the additions do not wait for each other; the order is fixed.</summary>
    private static double Dot(double[] weights, ReadOnlySpan<float> x)
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            sum0 += weights[i] * x[i];
            sum1 += weights[i + 1] * x[i + 1];
            sum2 += weights[i + 2] * x[i + 2];
            sum3 += weights[i + 3] * x[i + 3];
        }

        for (; i < x.Length; i++) sum0 += weights[i] * x[i];
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
