using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// Trees grown apart, a leaf holding the mean of its rows' targets, -1 or 1: flipping label i moves the leaf's mean by 2 / (rows in the leaf), in
/// each tree where x shares a leaf with row i. Which rows a tree was grown on is not in the model: each is taken as likely as any other, so that
/// the share that a tree was grown on cancels out.
/// </summary>
internal sealed class AveragedTreesReaction : ILabelReaction
{
    private readonly TreeEnsemble _trees;
    private readonly LeafTable _leaves;
    private readonly double[] _flips;

    public AveragedTreesReaction(TreeEnsemble trees, FeatureMatrix features, ReadOnlySpan<float> labels)
    {
        _trees = trees;
        _leaves = new LeafTable(trees, features);
        _flips = new double[labels.Length];
        for (int row = 0; row < _flips.Length; row++) _flips[row] = labels[row] > 0.5f ? -2 : 2;
    }

    public void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow)
    {
        byTrainingRow.Clear();
        for (int tree = 0; tree < _leaves.Trees; tree++)
        {
            int leaf = _trees.Trees[tree].Leaf(features);
            var rows = _leaves.Rows(tree, leaf);
            double step = 1.0 / (rows.Length * _leaves.Trees);
            foreach (int row in rows) byTrainingRow[row] += step;
        }

        for (int row = 0; row < _flips.Length; row++) byTrainingRow[row] *= _flips[row];
    }
}
