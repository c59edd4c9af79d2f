using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>The columns of a pipeline from raw rows to a model's inputs, by their names in the raw rows. Immutable.</summary>
internal sealed record FeatureColumns
{
    /// <summary>Text column of the groups; null: the model does not see it.</summary>
    public string? Protected { get; init; }

    /// <summary>Name of the slots of the protected column; no raw column has it.</summary>
    public string ProtectedSlots { get; init; } = "#protected";

    /// <summary>Name of the output; no raw column has it.</summary>
    public string Output { get; init; } = AuditInput.Features;

    /// <summary>Number columns.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>Of these, the ones whose missing values are filled.</summary>
    public IReadOnlyList<string> Filled { get; init; } = [];

    /// <summary>Text columns.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>The pipeline from raw columns to a model's inputs.</summary>
internal static class FeaturePipeline
{
    /// <summary>
    /// Numbers standardised, texts one-hot, as fitted on the training rows; all into one column. A missing number becomes the mean, and
    /// an input of its own says that it was missing.
    /// </summary>
    public static IEstimator<ITransformer> Create(MLContext context, FeatureColumns columns)
    {
        IEstimator<ITransformer>? pipeline = null;
        void Append(IEstimator<ITransformer> stage) => pipeline = pipeline is null ? stage : pipeline.Append(stage);
        string Missing(string column) => $"{column} is missing{columns.ProtectedSlots}";
        if (columns.Filled.Count > 0)
        {
            Append(context.Transforms.IndicateMissingValues([.. columns.Filled.Select(column => new InputOutputColumnPair(Missing(column), column))]));
            Append(context.Transforms.Conversion.ConvertType([.. columns.Filled.Select(column => new InputOutputColumnPair(Missing(column)))], DataKind.Single));
            Append(context.Transforms.ReplaceMissingValues(Pairs(columns.Filled), MissingValueReplacingEstimator.ReplacementMode.Mean));
        }

        // The protected column's slots get a name of their own, so that the column keeps its texts.
        InputOutputColumnPair[] oneHot = [.. columns.Protected is { } group ? [new InputOutputColumnPair(columns.ProtectedSlots, group)] : Array.Empty<InputOutputColumnPair>(), .. Pairs(columns.Texts)];
        if (oneHot.Length > 0) Append(context.Transforms.Categorical.OneHotEncoding(oneHot, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        if (columns.Numbers.Count > 0) Append(context.Transforms.NormalizeMeanVariance(Pairs(columns.Numbers), fixZero: false));
        string[] slots = [.. columns.Protected is null ? [] : new[] { columns.ProtectedSlots }, .. columns.Numbers, .. columns.Filled.Select(Missing), .. columns.Texts];
        Append(context.Transforms.Concatenate(columns.Output, slots));
        return pipeline!;
    }

    /// <summary>Each column as its own output, since the slots are to bear the columns' own names.</summary>
    private static InputOutputColumnPair[] Pairs(IEnumerable<string> names) => [.. names.Select(name => new InputOutputColumnPair(name))];
}
