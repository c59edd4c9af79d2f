using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Learning.Inspection;
using Cfd.MLNet.Rankings.Reactions;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>Looks into the fitted model of a pipeline for how it reacts to labels.</summary>
internal static class LearnerReaction
{
    /// <summary>A linear reaction solves over all features, in float64.</summary>
    private const int MostFeatures = 2000;

    /// <summary>Share of a score by which the model, computed again from its parts, may differ: they are float32.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The mean of how the members of f react; null where that of any cannot be told.</summary>
    public static ILabelReaction? Of(IReadOnlyList<ITransformer> members, IDataView train, TrainingTable table)
    {
        var reactions = new List<ILabelReaction>();
        foreach (var member in members)
        {
            if (Of(member, train, table) is not { } reaction) return null;
            reactions.Add(reaction);
        }

        return reactions is [var only] ? only : new MeanReaction(reactions, table.Labels, [.. members.Select(_ => table.Labels)]);
    }

    /// <summary>
    /// Null where the model's kind is not known, where it reads other features than the audit does, or where what was read of it does not give f's
    /// scores again, as with features that are missing.
    /// </summary>
    private static ILabelReaction? Of(ITransformer pipeline, IDataView train, TrainingTable table)
    {
        if (FittedModel.Find(pipeline) is not { } fitted || fitted.FeatureColumn != table.Columns.Features) return null;
        if (fitted.Inspect(table.Features) is not { } model || (model is not TreeEnsemble && table.Features.Columns > MostFeatures)) return null;
        float[] scores = BinaryScores.Read(pipeline.Transform(train));
        for (int row = 0; row < scores.Length; row++)
        {
            if (!(Math.Abs(model.Score(table.Features.Row(row)) - scores[row]) <= Tolerance * (1 + Math.Abs(scores[row])))) return null;
        }

        return LabelReactions.Create(model, table.Features, table.Labels);
    }
}
