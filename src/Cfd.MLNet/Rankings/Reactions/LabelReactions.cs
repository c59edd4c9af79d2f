using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>Makes the reaction that fits a model.</summary>
internal static class LabelReactions
{
    /// <param name="model">What the fitted classifier is made of.</param>
    /// <param name="features">The training rows as the model's trainer saw them, [rows, features].</param>
    /// <param name="labels">Their labels, 0 or 1.</param>
    public static ILabelReaction Create(InspectedModel model, FeatureMatrix features, ReadOnlySpan<float> labels) => model switch
    {
        TreeEnsemble { Growth: TreeGrowth.Averaged } trees => new AveragedTreesReaction(trees, features, labels),
        TreeEnsemble trees => new BoostedTreesReaction(trees, features, labels),
        LinearModel linear => LinearReaction.Create(linear, features, labels),
        AdditiveModel additive => AdditiveReaction.Create(additive, features, labels),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "No reaction is known for this kind of model."),
    };
}
