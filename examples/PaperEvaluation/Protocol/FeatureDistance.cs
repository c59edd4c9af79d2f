using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace PaperEvaluation.Protocol;

/// <summary>
/// How far a test row and a training row lie apart, as the lines of the paper's parallel coordinates do: the mean over the columns of
/// |a - b| / (range over the training part) for numbers, and of 0 or 1 for texts (Gower 1971). 0 is the same row; text columns and
/// numbers within the range add at most 1 each. Immutable.
/// </summary>
internal sealed class FeatureDistance
{
    private readonly (float[] Train, float[] Test, float Range)[] _numbers;
    private readonly (string[] Train, string[] Test)[] _texts;

    public FeatureDistance(FairnessDataset data, IDataView train, IDataView test)
    {
        _numbers = [.. data.NumericColumns.Select(column =>
        {
            float[] values = [.. train.GetColumn<float>(column)];
            return (values, test.GetColumn<float>(column).ToArray(), values.Max() - values.Min());
        })];
        _texts = [.. data.BinaryColumns.Concat(data.CategoricalColumns).Select(column
            => (train.GetColumn<string>(column).ToArray(), test.GetColumn<string>(column).ToArray()))];
    }

    /// <summary>Between a test row and some training rows, the mean.</summary>
    public double Between(long testRow, IEnumerable<long> trainingRows) => trainingRows.Average(row => Between(testRow, row));

    private double Between(long testRow, long trainingRow)
    {
        double sum = 0;
        foreach (var (train, test, range) in _numbers)
        {
            if (range > 0) sum += Math.Abs(train[trainingRow] - test[testRow]) / range;
        }

        foreach (var (train, test) in _texts)
        {
            if (train[trainingRow] != test[testRow]) sum++;
        }

        return sum / (_numbers.Length + _texts.Length);
    }
}
