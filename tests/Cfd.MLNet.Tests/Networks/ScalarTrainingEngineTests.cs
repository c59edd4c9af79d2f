using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>The oracle's loop, where PyTorch's figures do not reach: soft labels, mini-batches, flips.</summary>
[TestClass]
public sealed class ScalarTrainingEngineTests
{
    [TestMethod]
    public void Train_SoftLabelsWithoutInputs_ReachesTheirMean()
    {
        // All features zero: the network can only learn one logit, whose best probability is the mean label.
        var options = new NetworkOptions { HiddenLayers = [3], LearningRate = 0.05, MaxEpochs = 500 };
        var problem = TrainingProblem.Create(
            FeatureMatrix.Allocate(4, 2), [0.1f, 0.9f, 0.7f, 0.9f], FeatureMatrix.Allocate(0, 2), [], options);
        float logit = new ScalarTrainingEngine().Train(problem).Network.Logit([0, 0]);
        Assert.AreEqual(0.65, 1 / (1 + Math.Exp(-logit)), 1e-4);
    }

    [TestMethod]
    public void Train_MiniBatches_TakesOneStepABatchInThePlansOrder()
    {
        // Adam without memory and with a huge epsilon is gradient descent, here with step length 0.1.
        var options = new NetworkOptions
        {
            Beta1 = 0,
            Beta2 = 0,
            Epsilon = 1L << 60,
            LearningRate = 0.1 * (1L << 60),
            BatchSize = 3,
            MaxEpochs = 2,
        };
        var problem = RandomProblem.Create(5, 4, [6], rows: 7, options: options);
        using var trainer = new ScalarTrainer(problem);
        trainer.Train([], CancellationToken.None);

        var byHand = new ScalarNetwork(problem.Shape, problem.Plan.InitialParameters);
        int[] first = problem.Plan.RowOrder(0), second = problem.Plan.RowOrder(1);
        foreach (int[] batch in new[] { first[..3], first[3..6], first[6..], second[..3], second[3..6], second[6..] })
        {
            double[] gradient = byHand.Gradient(problem.TrainingFeatures, problem.TrainingLabels, batch);
            for (int i = 0; i < gradient.Length; i++) byHand.Parameters[i] -= 0.1 * gradient[i];
        }

        Numbers.AreNear(byHand.Parameters, trainer.Network.Parameters, "parameters", absolute: 1e-13);
    }

    [TestMethod]
    public void Train_FlippedRows_AreTrainedWithTheOtherLabel()
    {
        var problem = RandomProblem.Create(6, 4, [6], rows: 8, options: new NetworkOptions { MaxEpochs = 5 });
        float[] labels = [.. problem.TrainingLabels];
        labels[2] = 1 - labels[2];
        labels[7] = 1 - labels[7];
        var flipped = new ScalarTrainingEngine().Train(problem, 2, 7);
        var relabelled = new ScalarTrainingEngine().Train(problem with { TrainingLabels = labels });
        Numbers.AreSameBits(relabelled.Network.Parameters, flipped.Network.Parameters, "parameters");
    }

    [TestMethod]
    public void Train_FirstStepOfAdam_MovesEachParameterByTheLearningRateAgainstItsGradient()
    {
        var problem = RandomProblem.Create(7, 4, [6], rows: 8, options: new NetworkOptions { MaxEpochs = 1 });
        var engine = new ScalarTrainingEngine();
        double[] gradient = engine.FirstGradient(problem);
        var after = engine.Train(problem).Network.Parameters;
        for (int i = 0; i < gradient.Length; i++)
        {
            double expected = problem.Plan.InitialParameters[i] - (0.005 * gradient[i] / (Math.Abs(gradient[i]) + 1e-8));
            Assert.AreEqual(expected, after[i], 1e-7, $"parameter {i}");
        }
    }
}
