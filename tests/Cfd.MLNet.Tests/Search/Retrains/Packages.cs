using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>Work packages of made-up data.</summary>
internal static class Packages
{
    /// <summary>60 training rows of 5 features, 20 validation rows, 10 rows asked about.</summary>
    public static WorkPackage Small(ulong seed = 1, NetworkOptions? options = null)
    {
        var random = new SeededRandom(seed);
        var (training, labels) = Rows(60);
        var (validation, validationLabels) = Rows(20);
        return WorkPackage.Create(new NetworkWork(
            TrainingProblem.Create(training, labels, validation, validationLabels, options ?? new NetworkOptions { HiddenLayers = [8, 8], MaxEpochs = 30 }), Rows(10).Features));

        (FeatureMatrix Features, float[] Labels) Rows(int count)
        {
            var features = FeatureMatrix.Allocate(count, 5);
            var labels = new float[count];
            for (int row = 0; row < count; row++)
            {
                foreach (ref float value in features.Row(row)) value = (float)((2 * random.NextDouble()) - 1);
                labels[row] = features.Row(row)[0] + features.Row(row)[1] > 0 ? 1 : 0;
            }

            return (features, labels);
        }
    }
}
