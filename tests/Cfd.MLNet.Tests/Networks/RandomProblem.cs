using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>Training problems by seed: standardised and 0/1 columns, labels of a noisy linear rule.</summary>
internal static class RandomProblem
{
    public static TrainingProblem Create(
        long seed, int inputs, int[] hidden, int rows, int validationRows = 0, NetworkOptions? options = null)
    {
        var random = SeededRandom.ForStream(seed, (RandomStream)77);
        var (training, trainingLabels) = Part(ref random, rows, inputs);
        var (validation, validationLabels) = Part(ref random, validationRows, inputs);
        options = (options ?? new NetworkOptions()) with { HiddenLayers = hidden, Seed = seed };
        return TrainingProblem.Create(training, trainingLabels, validation, validationLabels, options);
    }

    public static FeatureMatrix Features(ref SeededRandom random, int rows, int columns)
    {
        var features = FeatureMatrix.Allocate(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            var values = features.Row(row);
            for (int column = 0; column < columns; column++)
            {
                double value = (random.NextDouble() * 3.4) - 1.7;
                values[column] = column % 3 == 2 ? (value > 0.5 ? 1 : 0) : (float)value;
            }
        }

        return features;
    }

    private static (FeatureMatrix Features, float[] Labels) Part(ref SeededRandom random, int rows, int inputs)
    {
        var features = Features(ref random, rows, inputs);
        var labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            double score = (2 * random.NextDouble()) - 1;
            foreach (float value in features.Row(row)[..Math.Min(3, inputs)]) score += value;
            labels[row] = score > 0 ? 1 : 0;
        }

        return (features, labels);
    }
}
