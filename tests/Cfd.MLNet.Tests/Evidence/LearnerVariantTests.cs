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

    private static readonly ReluNetworkLearner Learner = new(Problem, ManagedTrainingEngine.Default, testRows: null);

    [TestMethod]
    public void Reseeded_AsTheLearnerOfThatSeed_GivesItsModel()
    {
        // Data and validation rows as they were, all else as if the network's seed had been the other one.
        var other = new ReluNetworkLearner(
            TrainingProblem.Create(
                Problem.TrainingFeatures, Problem.TrainingLabels, Problem.ValidationFeatures, Problem.ValidationLabels, Problem.Options with { Seed = 99 }),
            ManagedTrainingEngine.Default, testRows: null);
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

    [TestMethod]
    public void RetrainTogether_Answers_AreThoseOfTheNetwork()
    {
        var asked = Problem.ValidationFeatures;
        foreach (var testRows in new[] { asked, null })
        {
            using var retrainer = ((ILearner)new ReluNetworkLearner(Problem, ManagedTrainingEngine.Default, testRows)).CreateRetrainer();
            var answer = retrainer.RetrainTogether([new FlipSet([3, 7])], CancellationToken.None)[0].Answer!;
            float[] expected = Learner.Train(new FlipSet([3, 7]), CancellationToken.None).Network.Logits(asked);
            Numbers.AreSameBits(expected, [.. Enumerable.Range(0, asked.Rows).Select(row => answer.Logit(asked, row))], testRows is null ? "as a network" : "as logits");
            if (testRows is null) Assert.ThrowsExactly<InvalidOperationException>(() => answer.Logits);
        }
    }

    private static float[] Parameters(ILearner learner, params int[] flips)
        => ((ReluNetworkLearner)learner).Train(new FlipSet(flips), CancellationToken.None).Network.Parameters.ToArray();
}
