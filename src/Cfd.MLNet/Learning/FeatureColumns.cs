using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Learning;

/// <summary>Finds the feature column of a fitted pipeline whose user named none.</summary>
internal static class FeatureColumns
{
    /// <summary>
    /// The column that the pipeline's last predictor names as its own, behind chains, calibrators and stages that copy columns; else the one
    /// vector of float that the last stages make the score of.
    /// </summary>
    /// <exception cref="ArgumentException">None fits, or several do.</exception>
    public static string Find(ITransformer pipeline, IDataView data)
        => FittedModel.Find(pipeline)?.FeatureColumn ?? (ByDependence(pipeline, data) switch
        {
            [var only] => only,
            [] => throw new ArgumentException(
                $"The pipeline makes its {BinaryScores.Score} of no vector of Single of known size, so there are no features to rank training rows by. " +
                "Join the columns that its trainer reads with Transforms.Concatenate, and name the result in FeatureColumnName."),
            var several => throw new ArgumentException(
                $"The pipeline makes its {BinaryScores.Score} of several vectors: {string.Join(", ", several.Select(name => $"'{name}'"))}. Name one of them in FeatureColumnName."),
        });

    /// <summary>The vectors of float that the last stages read for the score; of as few stages as read any.</summary>
    private static string[] ByDependence(ITransformer pipeline, IDataView data)
    {
        ITransformer[] stages = [.. Pipelines.Stages(pipeline)];
        for (int first = stages.Length - 1; first >= 0; first--)
        {
            var input = new TransformerChain<ITransformer>(stages[..first]).Transform(data);
            var rest = new TransformerChain<ITransformer>(stages[first..]);
            string[] read = [.. from column in input.Schema
                                where !column.IsHidden && Columns.IsFeatures(column.Type) && ColumnProbe.DependsOn(input, rest, BinaryScores.Score, column.Name)
                                select column.Name];
            if (read.Length > 0) return read;
        }

        return [];
    }
}
