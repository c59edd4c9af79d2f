namespace Cfd.MLNet.Learning.Inspection;

/// <summary>
/// One tree. Node n sends a row to <c>Lower[n]</c> if its feature is at most the threshold, else (NaN, too) to <c>Upper[n]</c>; a child c below 0
/// is leaf ~c. Immutable; thread-safe.
/// </summary>
/// <param name="splitFeatures">Feature by node.</param>
/// <param name="thresholds">Threshold by node.</param>
/// <param name="lower">Child by node of rows at or below the threshold, or with none of the split's categories.</param>
/// <param name="upper">Child by node of all other rows.</param>
/// <param name="categories">By node: null, or the features of which one above 0 sends a row to the upper child.</param>
/// <param name="leafValues">What a leaf adds to the score, the tree's weight included.</param>
internal sealed class DecisionTree(
    int[] splitFeatures, float[] thresholds, int[] lower, int[] upper, int[]?[] categories, double[] leafValues)
{
    public int Leaves => leafValues.Length;

    public double LeafValue(int leaf) => leafValues[leaf];

    /// <summary>The leaf that a row falls into.</summary>
    public int Leaf(ReadOnlySpan<float> features)
    {
        if (splitFeatures.Length == 0) return 0;
        int node = 0;
        while (node >= 0) node = IsLower(node, features) ? lower[node] : upper[node];
        return ~node;
    }

    private bool IsLower(int node, ReadOnlySpan<float> features)
    {
        if (categories[node] is not { } chosen) return features[splitFeatures[node]] <= thresholds[node];
        foreach (int category in chosen)
        {
            if (features[category] > 0) return false;
        }

        return true;
    }
}
