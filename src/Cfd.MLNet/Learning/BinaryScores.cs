using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Learning;

/// <summary>
/// What a binary classifier of ML.NET says of each row: its Score, above 0 for the positive class, whether or not a calibrator adds a
/// Probability.
/// </summary>
internal static class BinaryScores
{
    public const string Score = "Score", PredictedLabel = "PredictedLabel", Probability = "Probability";

    /// <summary>The scores of a model's output; they need not be finite.</summary>
    public static float[] Read(IDataView scored) => [.. scored.GetColumn<float>(Score)];

    /// <summary>
    /// Checks, before anything is fitted, that a pipeline says it ends in a binary classifier. One that cannot say what it will make of the
    /// view is left to its fit.
    /// </summary>
    /// <exception cref="ArgumentException">It says otherwise.</exception>
    public static void Require(IEstimator<ITransformer> pipeline, DataViewSchema input)
    {
        SchemaShape.Column[] output;
        try
        {
            output = [.. pipeline.GetOutputSchema(ViewShapes.Of(input))];
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return;
        }

        if (IsScalar(Score, NumberDataViewType.Single) && IsScalar(PredictedLabel, BooleanDataViewType.Instance)) return;
        throw NoBinaryClassifier(output.Select(column => $"'{column.Name}' ({Describe(column)})"));

        bool IsScalar(string name, DataViewType type) => output.Any(
            column => column.Name == name && column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType == type && !column.IsKey);
    }

    /// <summary>Checks that a fitted pipeline ends in a binary classifier whose decision is Score > 0.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Require(IDataView scored)
    {
        var schema = scored.Schema;
        if (schema.GetColumnOrNull(Score)?.Type is not NumberDataViewType { RawType: var raw } || raw != typeof(float)
            || schema.GetColumnOrNull(PredictedLabel)?.Type is not BooleanDataViewType)
        {
            throw NoBinaryClassifier(schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}' ({column.Type})"));
        }

        int row = 0;
        foreach (var (score, decision) in scored.GetColumn<float>(Score).Zip(scored.GetColumn<bool>(PredictedLabel)))
        {
            if (decision != score > 0)
                throw new ArgumentException($"Row {row}: {PredictedLabel} is {decision} at a {Score} of {score}; only classifiers that decide by {Score} > 0, as ML.NET's trainers do, can be audited.");
            row++;
        }
    }

    private static ArgumentException NoBinaryClassifier(IEnumerable<string> columns) => new(
        $"The pipeline does not end in a binary classifier: its output needs a column '{Score}' of Single and a Boolean column '{PredictedLabel}', as trainers of BinaryClassification.Trainers make them " +
        $"(multiclass ones make a key and a vector, regressions a score alone). The columns are: {string.Join(", ", columns)}.");

    private static string Describe(SchemaShape.Column column)
        => $"{(column.Kind == SchemaShape.Column.VectorKind.Scalar ? "" : "vector of ")}{(column.IsKey ? "key of " : "")}{column.ItemType}";
}
