using Cfd.MLNet.Data;
using Microsoft.ML;

namespace Cfd.MLNet.Transforms;

/// <summary>Finds the feature column of rows to predict.</summary>
internal static class FeatureColumn
{
    /// <exception cref="ArgumentException">Missing, of another type, or of another size than in training.</exception>
    public static DataViewSchema.Column Require(DataViewSchema input, string name, int size)
    {
        var column = Columns.FindFeatures(input, name);
        if (Columns.FeatureCount(column) == size) return column;
        throw new ArgumentException(
            $"Column '{name}' has {Columns.FeatureCount(column)} slots; the model was trained on {size}. Prepare the rows with the transformer fitted on the training data.");
    }
}
