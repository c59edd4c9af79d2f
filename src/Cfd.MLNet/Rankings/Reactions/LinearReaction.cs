using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// A Newton step on a linear learner's own loss, intercept included. Where the learner is no logistic regression, its loss is the one of the hinge
/// family that leaves the model's weights best balanced.
/// </summary>
internal sealed class LinearReaction : ILabelReaction
{
    private static readonly double[] Widths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

    private readonly NewtonReaction _newton;

    private LinearReaction(NewtonReaction newton, Equilibrium equilibrium) => (_newton, Equilibrium) = (newton, equilibrium);

    /// <summary>What was found to hold the weights.</summary>
    public Equilibrium Equilibrium { get; }

    public static LinearReaction Create(LinearModel model, FeatureMatrix features, ReadOnlySpan<float> labels)
    {
        int bias = model.Weights.Count;
        var design = new DesignMatrix(features.Rows, bias + 1, (row, entries) =>
        {
            var x = features.Row(row);
            for (int slot = 0; slot < x.Length; slot++)
            {
                if (x[slot] != 0) entries.Add((slot, x[slot]));
            }

            entries.Add((bias, 1));
        });
        double[] weights = [.. model.Weights, model.Bias];
        var scores = new double[features.Rows];
        for (int row = 0; row < scores.Length; row++) scores[row] = model.Score(features.Row(row));

        var equilibrium = Equilibrium.Fit(MarginLoss.Logistic, design, weights, scores, labels);
        if (!model.IsLogistic)
        {
            foreach (double width in Widths)
            {
                var other = Equilibrium.Fit(new MarginLoss(1, width), design, weights, scores, labels);
                if (other.Unbalanced < equilibrium.Unbalanced) equilibrium = other;
            }
        }

        var (curvatures, flipPulls) = (new double[scores.Length], new double[scores.Length]);
        for (int row = 0; row < scores.Length; row++)
        {
            curvatures[row] = equilibrium.Loss.Curvature(scores[row], labels[row]);
            flipPulls[row] = equilibrium.Loss.FlipPull(scores[row], labels[row]);
        }

        var penalties = new double[bias + 1];
        // A weight that the lasso holds at 0 stays there.
        for (int column = 0; column < bias; column++) penalties[column] = weights[column] == 0 ? double.PositiveInfinity : equilibrium.Ridge;
        penalties[bias] = equilibrium.BiasRidge;
        return new LinearReaction(new NewtonReaction(design, curvatures, flipPulls, penalties), equilibrium);
    }

    public void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow)
    {
        var row = new double[features.Length + 1];
        for (int slot = 0; slot < features.Length; slot++) row[slot] = features[slot];
        row[^1] = 1;
        _newton.Shifts(row, byTrainingRow);
    }
}
