using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>
/// A seeded sample of whole trainings: shapes, rows, full batch and mini-batches, with and without early stopping, flips.
/// </summary>
internal static class ProblemSample
{
    public static IEnumerable<(TrainingProblem Problem, int[] FlippedRows)> Draw(int count, long seed)
    {
        var random = new SeededRandom((ulong)seed);
        for (int sample = 0; sample < count; sample++)
        {
            int[] hidden = new int[1 + random.NextInt32(4)];
            for (int layer = 0; layer < hidden.Length; layer++) hidden[layer] = 1 + random.NextInt32(70);
            int rows = 1 + random.NextInt32(100), inputs = 1 + random.NextInt32(70);
            var options = new NetworkOptions
            {
                BatchSize = sample % 2 == 0 ? null : 1 + random.NextInt32(50),
                MaxEpochs = 25,
                Patience = 3,
                LearningRate = 0.02,
            };
            int validationRows = sample % 3 == 0 ? 0 : 1 + random.NextInt32(40);
            int[] flippedRows = sample % 4 == 0 ? [] : [.. new[] { 0, rows / 2, rows - 1 }.Distinct()];
            yield return (RandomProblem.Create(seed + sample, inputs, hidden, rows, validationRows, options), flippedRows);
        }
    }

    public static void AreSameBits(TrainedNetwork expected, TrainedNetwork actual, string what)
    {
        Assert.AreEqual((expected.BestEpoch, expected.EpochsRun), (actual.BestEpoch, actual.EpochsRun), what);
        Assert.AreEqual(
            BitConverter.DoubleToInt64Bits(expected.ValidationLoss), BitConverter.DoubleToInt64Bits(actual.ValidationLoss), what);
        Numbers.AreSameBits(expected.Network.Parameters, actual.Network.Parameters, what);
    }
}
