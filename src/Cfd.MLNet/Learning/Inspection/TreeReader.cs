using Microsoft.ML.Trainers.FastTree;

namespace Cfd.MLNet.Learning.Inspection;

/// <summary>Copies ML.NET's trees into arrays.</summary>
internal static class TreeReader
{
    public static TreeEnsemble Read<T>(TreeEnsemble<T> ensemble, TreeGrowth growth, double sigmoid)
        where T : RegressionTreeBase
        => new([.. ensemble.Trees.Select((tree, index) => Read(tree, ensemble.TreeWeights[index]))], ensemble.Bias, growth, sigmoid);

    private static DecisionTree Read(RegressionTreeBase tree, double weight)
    {
        var categories = new int[]?[tree.NumberOfNodes];
        for (int node = 0; node < categories.Length; node++)
        {
            if (tree.CategoricalSplitFlags[node]) categories[node] = [.. tree.GetCategoricalSplitFeaturesAt(node)];
        }

        return new DecisionTree(
            [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild], [.. tree.RightChild],
            // A tree that never split counts for nothing in ML.NET, whatever its leaf says.
            categories, tree.NumberOfNodes == 0 ? [0] : [.. tree.LeafValues.Select(value => value * weight)]);
    }
}
