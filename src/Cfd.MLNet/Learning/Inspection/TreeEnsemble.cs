namespace Cfd.MLNet.Learning.Inspection;

/// <summary>How the trees of an ensemble came about.</summary>
internal enum TreeGrowth
{
    /// <summary>One after the other, each on the errors of those before (FastTree, LightGBM).</summary>
    Boosted,

    /// <summary>Each on labels of its own, their mean counts (FastForest).</summary>
    Averaged,
}

/// <summary>The sum of trees: <c>Score = Bias + sum_t Trees[t].LeafValue(Trees[t].Leaf(x))</c>.</summary>
/// <param name="trees">In the order they were grown.</param>
/// <param name="bias">What is added to their sum.</param>
/// <param name="growth">How they were grown.</param>
/// <param name="sigmoid">
/// s of the loss <c>log(1 + exp(-s y Score))</c> that boosted trees were grown on, read from their calibrator <c>1 / (1 + exp(-s Score))</c>; 1 where
/// there is none.
/// </param>
internal sealed class TreeEnsemble(DecisionTree[] trees, double bias, TreeGrowth growth, double sigmoid) : InspectedModel
{
    public IReadOnlyList<DecisionTree> Trees => trees;

    public double Bias => bias;

    public TreeGrowth Growth => growth;

    public double Sigmoid => sigmoid;

    public override double Score(ReadOnlySpan<float> features)
    {
        double score = bias;
        foreach (var tree in trees) score += tree.LeafValue(tree.Leaf(features));
        return score;
    }
}
