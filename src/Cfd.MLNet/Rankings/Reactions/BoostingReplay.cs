using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>Boosting's leaf rule <c>v = Rate G / (H + Lambda)</c>, as fitted to the leaf values of a model.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Lambda">What is added to the curvature.</param>
/// <param name="Start">The score before the first tree: 0, or the log odds of the labels over s.</param>
/// <param name="Explained">Share of the leaf values' variation that the rule explains; 1 where the trainer does just this.</param>
internal readonly record struct LeafRule(double Rate, double Lambda, double Start, double Explained);

/// <summary>
/// The forward pass over the training rows: gradients and curvatures before each tree, the rule that made the leaf values, and the derivatives that
/// the walk back needs.
/// </summary>
internal sealed class BoostingReplay
{
    private BoostingReplay(LeafRule rule, double[][] byLabel, float[][] byScore, double startByLabel)
        => (Rule, ByLabel, ByScore, StartByLabel) = (rule, byLabel, byScore, startByLabel);

    public LeafRule Rule { get; }

    /// <summary>By tree and leaf: d v / d y_i of a row i in the leaf.</summary>
    public double[][] ByLabel { get; }

    /// <summary>By tree and row: d v / d (the row's score before the tree), v of the row's leaf.</summary>
    public float[][] ByScore { get; }

    /// <summary>d Start / d y_i.</summary>
    public double StartByLabel { get; }

    public static BoostingReplay Run(TreeEnsemble trees, LeafTable leaves, ReadOnlySpan<float> labels)
    {
        double positives = 0;
        foreach (float label in labels) positives += label;
        double share = positives / labels.Length, odds = Math.Log(share / (1 - share)) / trees.Sigmoid;
        var sums = LeafSums.Read(trees, leaves, labels);
        // Whether boosting began at 0 or at the labels' log odds, which its first tree then holds, is told by which explains the leaves better.
        var atZero = sums.Fit(0);
        var rule = share is > 0 and < 1 && LeafSums.Read(trees, leaves, labels, odds) is var other && other.Fit(odds) is var atOdds
            && atOdds.Explained > atZero.Explained ? atOdds : atZero;
        if (rule.Start != 0) sums = LeafSums.Read(trees, leaves, labels, odds);

        int rows = labels.Length;
        var byLabel = new double[leaves.Trees][];
        var byScore = new float[leaves.Trees][];
        double s = trees.Sigmoid;
        for (int tree = 0; tree < leaves.Trees; tree++)
        {
            byLabel[tree] = new double[leaves.Leaves(tree)];
            byScore[tree] = new float[rows];
            for (int leaf = 0; leaf < byLabel[tree].Length; leaf++)
            {
                double curvature = sums.Curvatures[tree][leaf] + rule.Lambda, gradient = sums.Gradients[tree][leaf];
                if (curvature <= 0) continue;
                double perUnit = rule.Rate / curvature;
                byLabel[tree][leaf] = perUnit * s;
                foreach (int row in leaves.Rows(tree, leaf))
                {
                    double p = sums.Probabilities[tree][row], h = s * s * p * (1 - p);
                    byScore[tree][row] = (float)(-perUnit * (h + (gradient / curvature * s * h * (1 - (2 * p)))));
                }
            }
        }

        return new BoostingReplay(rule, byLabel, byScore, rule.Start == 0 ? 0 : 1 / (rows * s * share * (1 - share)));
    }
}
