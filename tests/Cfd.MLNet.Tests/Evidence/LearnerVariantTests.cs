using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>The network learner under other seeds, disturbed, for fixed epochs, and as several networks.</summary>
[TestClass]
public sealed class LearnerVariantTests
{
    private static readonly TrainingProblem Problem = RandomProblem.Create(
        seed: 1, inputs: 6, hidden: [8, 8], rows: 90, validationRows: 30, new NetworkOptions { BatchSize = 16, MaxEpochs = 20 });

    private static readonly ReluNetworkLearner Learner = new(Problem, ManagedTrainingEngine.Default, testRows: null);

    [TestMethod]
    public void Seed_AsTheLearnerOfThatSeed_GivesItsModel()
    {
        // Data and validation rows as they were, all else as if the network's seed had been the other one.
        float[] flipped = Logits(Learner, new RetrainKey(new([3, 7]), new Replicate(Seed: 99)));
        Numbers.AreSameBits(Logits(Of(Problem.Options with { Seed = 99 }), new FlipSet([3, 7])), flipped, "seed 99");
        CollectionAssert.AreNotEqual(Logits(Learner, new FlipSet([3, 7])), flipped);
        Numbers.AreSameBits(Logits(Learner, new FlipSet([3, 7])), Logits(Learner, new RetrainKey(new([3, 7]), new Replicate(Seed: Problem.Options.Seed))), "its own seed");
    }

    [TestMethod]
    public void Disturbance_Model_IsNearButNotTheSame()
    {
        var disturbed = new RetrainKey(FlipSet.Empty, new Replicate(Disturbance: 5));
        float[] model = Logits(Learner, FlipSet.Empty), near = Logits(Learner, disturbed);
        CollectionAssert.AreNotEqual(model, near);
        Numbers.AreSameBits(near, Logits(Learner, disturbed), "the same seed");
        Assert.IsLessThan(0.2f, model.Zip(near, (first, second) => Math.Abs(first - second)).Max());
    }

    [TestMethod]
    public void EpochsFixed_WithoutFlips_IsTheModelItselfAndWithThemRunsItsEpochs()
    {
        var fixedEpochs = new Replicate(EpochsFixed: true);
        Numbers.AreSameBits(Logits(Learner, FlipSet.Empty), Logits(Learner, new RetrainKey(FlipSet.Empty, fixedEpochs)), "without flips");
        int epochs = Learner.Train(FlipSet.Empty, CancellationToken.None).Members[0].BestEpoch + 1;
        var sameEpochs = new ReluNetworkLearner(Problem.WithEpochs(epochs), ManagedTrainingEngine.Default, Problem.ValidationFeatures);
        foreach (int[] flips in (int[][])[[3], [3, 7, 11], [.. Enumerable.Range(0, 30)]])
            Numbers.AreSameBits(Logits(sameEpochs, new FlipSet(flips)), Logits(Learner, new RetrainKey(new(flips), fixedEpochs)), $"{flips.Length} flips");
    }

    [TestMethod]
    public void Members_OfSeveralNetworks_DifferAndTheFirstIsTheNetworkAlone()
    {
        var three = Of(Problem.Options with { Networks = 3 });
        Assert.HasCount(3, three.Members.Distinct());
        Assert.AreEqual(Replicate.Base, three.Members[0]);
        var networks = three.Train(new FlipSet([3, 7]), CancellationToken.None);
        Numbers.AreSameBits(Logits(Learner, new FlipSet([3, 7])), networks.Members[0].Network.Logits(Problem.ValidationFeatures), "the first");
        for (int member = 1; member < 3; member++)
        {
            Numbers.AreSameBits(
                Logits(Learner, new RetrainKey(new([3, 7]), three.Members[member])), networks.Members[member].Network.Logits(Problem.ValidationFeatures), $"member {member}");
        }

        float[] mean = networks.Logits(Problem.ValidationFeatures);
        for (int row = 0; row < mean.Length; row++)
        {
            Assert.AreEqual(networks.Members.Average(member => (double)member.Network.Logit(Problem.ValidationFeatures.Row(row))), mean[row], 1e-6);
            Assert.AreEqual(mean[row], networks.Logit(Problem.ValidationFeatures.Row(row)));
        }
    }

    [TestMethod]
    public void RetrainTogether_Answers_AreThoseOfTheNetwork()
    {
        var asked = Problem.ValidationFeatures;
        foreach (var testRows in new[] { asked, null })
        {
            using var retrainer = ((ILearner)new ReluNetworkLearner(Problem, ManagedTrainingEngine.Default, testRows)).CreateRetrainer();
            var answer = retrainer.RetrainTogether([new FlipSet([3, 7])], CancellationToken.None)[0].Answer!;
            float[] expected = Learner.Train(new FlipSet([3, 7]), CancellationToken.None).Logits(asked);
            Numbers.AreSameBits(expected, [.. Enumerable.Range(0, asked.Rows).Select(row => answer.Logit(asked, row))], testRows is null ? "as a network" : "as logits");
            if (testRows is null) Assert.ThrowsExactly<InvalidOperationException>(() => answer.Logits);
        }
    }

    private static ReluNetworkLearner Of(NetworkOptions options) => new(
        TrainingProblem.Create(Problem.TrainingFeatures, Problem.TrainingLabels, Problem.ValidationFeatures, Problem.ValidationLabels, options),
        ManagedTrainingEngine.Default, Problem.ValidationFeatures);

    private static float[] Logits(ReluNetworkLearner learner, RetrainKey key)
    {
        using var retrainer = learner.CreateRetrainer();
        var answer = retrainer.RetrainTogether([key], CancellationToken.None)[0].Answer!;
        return [.. Enumerable.Range(0, Problem.ValidationFeatures.Rows).Select(row => answer.Logit(Problem.ValidationFeatures, row))];
    }
}
