using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>The network learner under other seeds and disturbances.</summary>
[TestClass]
public sealed class LearnerVariantTests
{
    private static readonly TrainingProblem Problem = RandomProblem.Create(
        seed: 1, inputs: 6, hidden: [8, 8], rows: 90, validationRows: 30, new NetworkOptions { BatchSize = 16, MaxEpochs = 20 });

    private static readonly ReluNetworkLearner Learner = new(Problem, ManagedTrainingEngine.Default);

    [TestMethod]
    public void Reseeded_AsTheLearnerOfThatSeed_GivesItsModel()
    {
        // Data and validation rows as they were, all else as if the network's seed had been the other one.
        var other = new ReluNetworkLearner(
            TrainingProblem.Create(
                Problem.TrainingFeatures, Problem.TrainingLabels, Problem.ValidationFeatures, Problem.ValidationLabels, Problem.Options with { Seed = 99 }),
            ManagedTrainingEngine.Default);
        float[] flipped = Parameters(Learner.Reseeded(99), 3, 7);
        Numbers.AreSameBits(Parameters(other, 3, 7), flipped, "seed 99");
        CollectionAssert.AreNotEqual(Parameters(Learner, 3, 7), flipped);
        Numbers.AreSameBits(Parameters(Learner, 3, 7), Parameters(Learner.Reseeded(Problem.Options.Seed), 3, 7), "its own seed");
    }

    [TestMethod]
    public void Disturbed_Model_IsNearButNotTheSame()
    {
        float[] model = Parameters(Learner), disturbed = Parameters(Learner.Disturbed(5));
        CollectionAssert.AreNotEqual(model, disturbed);
        Numbers.AreSameBits(disturbed, Parameters(Learner.Disturbed(5)), "the same seed");
        Assert.IsLessThan(0.2f, model.Zip(disturbed, (first, second) => Math.Abs(first - second)).Max());
    }

    private static float[] Parameters(ILearner learner, params int[] flips)
    {
        using var retrainer = learner.CreateRetrainer();
        var result = retrainer.RetrainTogether([new FlipSet(flips)], CancellationToken.None)[0];
        return ((ReluNetworkPredictor)result.Predictor!).Network.Parameters.ToArray();
    }
}
