using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// Boosted trees replayed with their structure held fixed (LeafRefit in Brophy, Hammoudeh and Lowd, JMLR 24, 2023): leaf l of tree t holds
/// <c>v = rate G / (H + lambda)</c>, G the sum over its rows of the loss gradients <c>s (y_i - p_i)</c> and H that of the curvatures
/// <c>s^2 p_i (1 - p_i)</c> at the scores before tree t, <c>p = 1 / (1 + exp(-s score))</c>. The derivative of Score(x) by every label at once is taken by
/// walking back from the last tree, since a label acts on its leaf at once and, through its leaf's rows, on all later trees.
/// </summary>
internal sealed class BoostedTreesReaction : ILabelReaction
{
    /// <summary>
    /// Trees over which a structure fades: a flipped label changes splits, and the later the tree, the less it is likely to look as it does now.
    /// Fitted on split 1 of German and of two made-up sets, FastTree and LightGBM: 20 to 50 do as well, no fading a little worse.
    /// </summary>
    private const double Persistence = 50;

    private readonly TreeEnsemble _trees;
    private readonly LeafTable _leaves;
    private readonly double[] _flips;

    // By tree: the derivative of a leaf's value by a label in it, [leaves], and by its rows' earlier scores, [rows].
    private readonly double[][] _byLabel;
    private readonly float[][] _byScore;

    /// <summary>The derivative of the starting score by any label; 0 where boosting starts at 0.</summary>
    private readonly double _startByLabel;

    public BoostedTreesReaction(TreeEnsemble trees, FeatureMatrix features, ReadOnlySpan<float> labels)
    {
        _trees = trees;
        _leaves = new LeafTable(trees, features);
        _flips = new double[labels.Length];
        for (int row = 0; row < _flips.Length; row++) _flips[row] = labels[row] > 0.5f ? -1 : 1;
        var replay = BoostingReplay.Run(trees, _leaves, labels);
        Rule = replay.Rule;
        (_byLabel, _byScore, _startByLabel) = (replay.ByLabel, replay.ByScore, replay.StartByLabel);
    }

    /// <summary>How the leaf values came about, as the model itself tells.</summary>
    public LeafRule Rule { get; }

    public void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow)
    {
        byTrainingRow.Clear();
        // By row: the derivative of Score(x) by the row's own score after the trees walked so far.
        var adjoints = new double[_flips.Length];
        for (int tree = _leaves.Trees - 1; tree >= 0; tree--)
        {
            int own = _trees.Trees[tree].Leaf(features);
            double seed = Math.Exp(-tree / Persistence);
            double[] byLabel = _byLabel[tree];
            float[] byScore = _byScore[tree];
            for (int leaf = 0; leaf < byLabel.Length; leaf++)
            {
                var rows = _leaves.Rows(tree, leaf);
                double adjoint = leaf == own ? seed : 0;
                foreach (int row in rows) adjoint += adjoints[row];
                double step = adjoint * byLabel[leaf];
                foreach (int row in rows)
                {
                    byTrainingRow[row] += step;
                    adjoints[row] += adjoint * byScore[row];
                }
            }
        }

        double start = 1;
        foreach (double adjoint in adjoints) start += adjoint;
        for (int row = 0; row < _flips.Length; row++) byTrainingRow[row] = _flips[row] * (byTrainingRow[row] + (start * _startByLabel));
    }
}
