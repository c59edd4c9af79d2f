using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>Work packages of made-up data.</summary>
internal static class Packages
{
    /// <summary>60 training rows of 5 features, 20 validation rows, 10 rows asked about.</summary>
    public static WorkPackage Small(ulong seed = 1, NetworkOptions? options = null) => WorkPackage.Create(SmallWork(seed, options).Work);

    /// <summary>Walks back over the training of f of <see cref="Small"/>: the first rows asked about, and the validation loss, under its own seed and another.</summary>
    public static DerivativeRequest[] Walks(int rows = 3)
    {
        var (_, problem, asked) = SmallWork(1, null);
        var learner = new ReluNetworkLearner(problem, ManagedTrainingEngine.Default, asked);
        return [.. new long?[] { null, 7 }.Select(seed =>
        {
            using var trainer = ((ITrainingEngine)ManagedTrainingEngine.Default).CreateTrainer(problem);
            var trained = trainer.Train(learner.ProblemOf(new Replicate(seed), null).Plan, [], CancellationToken.None);
            int steps = (trained.BestEpoch + 1) * problem.StepsPerEpoch;
            return new DerivativeRequest(
                new Replicate(seed), null, trained.Network.Parameters.ToArray(), 0.01, 1 << 26, asked.Slice(0, rows),
                [.. Enumerable.Range(0, rows).Select(row => new WalkTarget(steps, row)), WalkTarget.ValidationLoss(steps)]);
        })];
    }

    private static (NetworkWork Work, TrainingProblem Problem, FeatureMatrix Asked) SmallWork(ulong seed, NetworkOptions? options)
    {
        var random = new SeededRandom(seed);
        var (training, labels) = Rows(60);
        var (validation, validationLabels) = Rows(20);
        var problem = TrainingProblem.Create(training, labels, validation, validationLabels, options ?? new NetworkOptions { HiddenLayers = [8, 8], MaxEpochs = 30 });
        var asked = Rows(10).Features;
        return (new NetworkWork(problem, asked), problem, asked);

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
