using FairnessDatasets.Definitions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FairnessDatasets.Preparation;

/// <summary>Builds the pipeline from the columns of a data set to the vector of a network's inputs.</summary>
internal static class FeaturePreparation
{
    /// <summary>Numbers standardised, then binary texts as one slot, then categorical texts as one-hot slots.</summary>
    public static IEstimator<ITransformer> Create(MLContext context, IReadOnlyList<Feature> features)
    {
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        var inputs = new List<string>();

        string[] numeric = Names(features, FeatureKind.Numeric);
        if (numeric.Length > 0)
            pipeline = pipeline.Append(context.Transforms.NormalizeMeanVariance(Pairs(numeric), fixZero: false));
        inputs.AddRange(numeric);

        foreach (Feature feature in features.Where(feature => feature.Kind == FeatureKind.Binary))
        {
            // Concatenate names the slot of a scalar after its column, hence the column is named "sex.male".
            string input = $"{feature.Name}.{feature.Levels[1]}";
            var values = new Dictionary<string, float> { [feature.Levels[0]] = 0, [feature.Levels[1]] = 1 };
            pipeline = pipeline.Append(context.Transforms.Conversion.MapValue(input, values, feature.Name));
            inputs.Add(input);
        }

        string[] categorical = Names(features, FeatureKind.Categorical);
        if (categorical.Length > 0)
            pipeline = pipeline.Append(context.Transforms.Categorical.OneHotEncoding(
                Pairs(categorical), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        inputs.AddRange(categorical);

        return pipeline.Append(context.Transforms.Concatenate(FairnessDataset.FeaturesColumn, [.. inputs]));
    }

    private static string[] Names(IEnumerable<Feature> features, FeatureKind kind) =>
        [.. features.Where(feature => feature.Kind == kind).Select(feature => feature.Name)];

    /// <summary>Each column as its own output, since the slots are to bear the columns' own names.</summary>
    private static InputOutputColumnPair[] Pairs(string[] names) => [.. names.Select(name => new InputOutputColumnPair(name))];
}
