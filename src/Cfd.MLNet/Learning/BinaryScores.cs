using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Learning;

/// <summary>
/// What a binary classifier of ML.NET says of each row: its Score, above 0 for the positive class, whether or not a calibrator adds a
/// Probability.
/// </summary>
internal static class BinaryScores
{
    public const string Score = "Score", PredictedLabel = "PredictedLabel";

    /// <summary>The scores of a model's output; they need not be finite.</summary>
    public static float[] Read(IDataView scored) => [.. scored.GetColumn<float>(Score)];

    /// <summary>Checks that a pipeline ends in a binary classifier whose decision is Score > 0.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Require(IDataView scored)
    {
        var schema = scored.Schema;
        if (schema.GetColumnOrNull(Score)?.Type is not NumberDataViewType { RawType: var raw } || raw != typeof(float)
            || schema.GetColumnOrNull(PredictedLabel)?.Type is not BooleanDataViewType)
        {
            throw new ArgumentException(
                $"The pipeline does not end in a binary classifier: its output needs a column '{Score}' of Single and a Boolean column '{PredictedLabel}'. " +
                $"The columns are: {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}' ({column.Type})"))}.");
        }

        int row = 0;
        foreach (var (score, decision) in scored.GetColumn<float>(Score).Zip(scored.GetColumn<bool>(PredictedLabel)))
        {
            if (decision != score > 0)
                throw new ArgumentException($"Row {row}: {PredictedLabel} is {decision} at a {Score} of {score}; only classifiers that decide by {Score} > 0, as ML.NET's trainers do, can be audited.");
            row++;
        }
    }
}
