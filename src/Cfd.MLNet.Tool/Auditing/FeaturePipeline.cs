using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>The pipeline from raw columns to a network's inputs, for the hiring and CSV data.</summary>
internal static class FeaturePipeline
{
    /// <summary>The slots of the protected column, see <c>SearchOptions.ProtectedSlots</c>.</summary>
    public const string ProtectedSlots = "#protected";

    /// <summary>
    /// Numbers standardised, texts one-hot, as fitted on the training rows; all into <see cref="AuditInput.Features"/>.
    /// </summary>
    public static IEstimator<ITransformer> Create(
        MLContext context, string protectedColumn, IReadOnlyList<string> numeric, IReadOnlyList<string> text)
    {
        // The protected column's slots get a name of their own, so that the column keeps its texts.
        InputOutputColumnPair[] oneHot = [new(ProtectedSlots, protectedColumn), .. Pairs(text)];
        IEstimator<ITransformer> pipeline = context.Transforms.Categorical.OneHotEncoding(
            oneHot, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        if (numeric.Count > 0) pipeline = pipeline.Append(context.Transforms.NormalizeMeanVariance(Pairs(numeric), fixZero: false));
        return pipeline.Append(context.Transforms.Concatenate(AuditInput.Features, [ProtectedSlots, .. numeric, .. text]));
    }

    /// <summary>Each column as its own output, since the slots are to bear the columns' own names.</summary>
    private static InputOutputColumnPair[] Pairs(IEnumerable<string> names) => [.. names.Select(name => new InputOutputColumnPair(name))];
}
