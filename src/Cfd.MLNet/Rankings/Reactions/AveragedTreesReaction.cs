using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// Trees grown apart, a leaf holding the mean of its rows' targets, -1 or 1, times a scale: flipping label i moves the leaf's mean by
/// 2 / (rows in the leaf), in each tree where x shares a leaf with row i. Which rows a tree was grown on is not in the model: each is taken as likely
/// as any other, so that the share that a tree was grown on cancels out.
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
        double flip = 2 * Scale(trees, _leaves, labels);
        _flips = new double[labels.Length];
        for (int row = 0; row < _flips.Length; row++) _flips[row] = labels[row] > 0.5f ? -flip : flip;
    }

    public void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow)
    {
        byTrainingRow.Clear();
        for (int tree = 0; tree < _leaves.Trees; tree++)
        {
            var rows = _leaves.Rows(tree, _trees.Trees[tree].Leaf(features));
            double step = 1.0 / rows.Length;
            foreach (int row in rows) byTrainingRow[row] += step;
        }

        for (int row = 0; row < _flips.Length; row++) byTrainingRow[row] *= _flips[row];
    }

    /// <summary>What a leaf holds for each unit of its rows' mean target: least squares over leaves, weighted by rows.</summary>
    private static double Scale(TreeEnsemble trees, LeafTable leaves, ReadOnlySpan<float> labels)
    {
        double together = 0, means = 0;
        for (int tree = 0; tree < leaves.Trees; tree++)
        {
            for (int leaf = 0; leaf < leaves.Leaves(tree); leaf++)
            {
                var rows = leaves.Rows(tree, leaf);
                double sum = 0;
                foreach (int row in rows) sum += labels[row] > 0.5f ? 1 : -1;
                together += trees.Trees[tree].LeafValue(leaf) * sum;
                if (rows.Length > 0) means += sum * sum / rows.Length;
            }
        }

        return means > 0 ? together / means : 0;
    }
}
