using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>Makes the reaction that fits a model.</summary>
internal static class LabelReactions
{
    /// <param name="model">What the fitted classifier is made of.</param>
    /// <param name="features">The training rows as the model's trainer saw them, [rows, features]; at least one.</param>
    /// <param name="labels">The labels it was fitted on, 0 or 1.</param>
    public static ILabelReaction Create(InspectedModel model, FeatureMatrix features, ReadOnlySpan<float> labels) => model switch
    {
        TreeEnsemble { Growth: TreeGrowth.Averaged } trees => new AveragedTreesReaction(trees, features, labels),
        TreeEnsemble trees => new BoostedTreesReaction(trees, features, labels),
        LinearModel linear => LinearReaction.Create(linear, features, labels),
        AdditiveModel additive => AdditiveReaction.Create(additive, features, labels),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "No reaction is known for this kind of model."),
    };

    /// <summary>As above from f and some refits of it.</summary>
    /// <param name="model">f.</param>
    /// <param name="features">The training rows.</param>
    /// <param name="labels">The labels of f.</param>
    /// <param name="refits">Models fitted on the same rows with some labels flipped, and which.</param>
    public static ILabelReaction Create(
        InspectedModel model, FeatureMatrix features, float[] labels, IReadOnlyList<(InspectedModel Model, int[] Flipped)> refits)
    {
        var own = Create(model, features, labels);
        // What does not choose between splits has nothing to average.
        if (refits.Count == 0 || model is not TreeEnsemble) return own;
        var (reactions, fitted) = (new List<ILabelReaction> { own }, new List<float[]> { labels });
        foreach (var (refit, flipped) in refits)
        {
            float[] changed = [.. labels];
            foreach (int row in flipped) changed[row] = 1 - changed[row];
            reactions.Add(Create(refit, features, changed));
            fitted.Add(changed);
        }

        return new MeanReaction(reactions, labels, fitted);
    }
}
