using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// A generalized additive model grown by stumps: each round moves, for each feature, the rows on both sides of one split by their mean gradient. That
/// is descent on a model linear in the sides of its splits, stopped after a time: a step of time divided among the splits as the steps of
/// the shape function are, and the time is told by how far the rows' pull is from balance.
/// </summary>
internal sealed class AdditiveReaction : ILabelReaction
{
    private readonly SplitSides _sides;
    private readonly NewtonReaction _newton;

    private AdditiveReaction(SplitSides sides, NewtonReaction newton, double time) => (_sides, _newton, Time) = (sides, newton, time);

    /// <summary>Rounds times learning rate, as the model's own balance tells.</summary>
    public double Time { get; }

    public static AdditiveReaction Create(AdditiveModel model, FeatureMatrix features, ReadOnlySpan<float> labels)
    {
        var sides = SplitSides.Create(model, features);
        var design = new DesignMatrix(features.Rows, sides.Columns, (row, entries) => sides.Expand(features.Row(row), entries));
        var (curvatures, flipPulls, pulls) = (new double[features.Rows], new double[features.Rows], new double[features.Rows]);
        for (int row = 0; row < features.Rows; row++)
        {
            double score = model.Score(features.Row(row));
            curvatures[row] = MarginLoss.Logistic.Curvature(score, labels[row]);
            flipPulls[row] = MarginLoss.Logistic.FlipPull(score, labels[row]);
            pulls[row] = MarginLoss.Logistic.Pull(score, labels[row]);
        }

        var (gradient, sizes) = (new double[sides.Columns], new double[sides.Columns]);
        design.AddTransposed(pulls, gradient, sizes);
        double time = sides.Time(gradient);
        var penalties = new double[sides.Columns];
        for (int column = 0; column < penalties.Length; column++) penalties[column] = 1 / time;
        return new AdditiveReaction(sides, new NewtonReaction(design, curvatures, flipPulls, penalties), time);
    }

    public void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow)
    {
        var entries = new List<(int Column, double Value)>();
        _sides.Expand(features, entries);
        var row = new double[_sides.Columns];
        foreach (var (column, value) in entries) row[column] = value;
        _newton.Shifts(row, byTrainingRow);
    }
}
