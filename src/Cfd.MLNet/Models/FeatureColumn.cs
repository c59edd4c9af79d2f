using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Models;

/// <summary>Finds the feature column of rows to predict.</summary>
internal static class FeatureColumn
{
    /// <exception cref="ArgumentException">Missing, of another type, or of another size than in training.</exception>
    public static DataViewSchema.Column Require(DataViewSchema input, string name, int size)
    {
        var column = Columns.FindFeatures(input, name);
        if (Columns.FeatureCount(column) == size) return column;
        throw new ArgumentException($"Column '{name}' has {Columns.FeatureCount(column)} slots; {Remedy(size)}");
    }

    /// <summary>Copies the features of a row whose column type does not tell their number.</summary>
    /// <exception cref="InvalidDataException">Another number than in training.</exception>
    public static void Read(VBuffer<float> features, Span<float> target)
    {
        if (features.Length != target.Length) throw new InvalidDataException($"A row has {features.Length} features; {Remedy(target.Length)}");
        features.CopyTo(target);
    }

    private static string Remedy(int size)
        => $"the model was trained on {size}. Prepare the rows with the transformer fitted on the training data.";
}
