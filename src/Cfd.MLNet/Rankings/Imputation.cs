using Cfd.MLNet.Data;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// Replaces features that are NaN or infinite by the mean of the column's finite values in the training rows (0 where it has none), for
/// rankings that compute with features a learner takes as they are. Thread-safe.
/// </summary>
internal sealed class Imputation
{
    private readonly float[] _means;
    private volatile bool _hasReplaced;

    /// <param name="features">The training rows.</param>
    public Imputation(FeatureMatrix features)
    {
        var (sums, counts) = (new double[features.Columns], new int[features.Columns]);
        for (int row = 0; row < features.Rows; row++)
        {
            var values = features.Row(row);
            for (int slot = 0; slot < values.Length; slot++)
            {
                if (!float.IsFinite(values[slot])) continue;
                sums[slot] += values[slot];
                counts[slot]++;
            }
        }

        _means = [.. sums.Zip(counts, (sum, count) => count == 0 ? 0f : (float)(sum / count))];
    }

    /// <summary>Whether any value was replaced so far.</summary>
    public bool HasReplaced => _hasReplaced;

    /// <summary>The value, or the mean that stands for it.</summary>
    public float Fill(float value, int slot)
    {
        if (float.IsFinite(value)) return value;
        _hasReplaced = true;
        return _means[slot];
    }
}
