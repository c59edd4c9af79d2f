using Cfd.MLNet.Evidence;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Tests.Search;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>Leaving flips out, and the proof that nothing smaller does, on a learner whose answers are known.</summary>
[TestClass]
public sealed class MinimalityTests
{
    private static readonly EvidenceOptions Options = new() { Level = EvidenceLevel.Quick, ProofRetrains = 0 };

    [TestMethod]
    public void Run_NeededFlips_StayAndTheOthersAreLeftOutInOrder()
    {
        var learner = new FakeLearner((flips, _) => flips.Rows.Contains(2) && flips.Rows.Contains(4) ? -3 : 1);
        var found = Cases.Found(0, Cases.Rows(10), 1, 2, 3, 4, 5);
        Minimise(learner, found);
        CollectionAssert.AreEqual(new[] { 2, 4 }, found.Flips.Rows.ToArray());
        Assert.AreEqual(-3, found.Score);
        CollectionAssert.AreEqual(
            new FlipSet[] { new([2, 3, 4, 5]), new([3, 4, 5]), new([2, 4, 5]), new([2, 5]), new([2, 4]), new([4]), new([2]) },
            learner.Trained.ToArray());
    }

    [TestMethod]
    public void Run_FlipThatIsNotNeededAfterAnother_IsLeftOutInTheSecondTurn()
    {
        // Of 1, 2 and 3: without 1 it does not stand as long as 2 is there, without 2 it does.
        var learner = new FakeLearner((flips, _) => flips.Rows.Contains(3) && (flips.Rows.Contains(1) || !flips.Rows.Contains(2)) ? -1 : 1);
        var found = Cases.Found(0, Cases.Rows(10), 1, 2, 3);
        Minimise(learner, found);
        CollectionAssert.AreEqual(new[] { 3 }, found.Flips.Rows.ToArray());
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    public void Run_AnyFlips_CostsNoMoreThanSaid(int flips)
    {
        // Each turn leaves out the last one alone: the dearest case.
        var learner = new FakeLearner((set, _) => set.Rows.SequenceEqual(Enumerable.Range(0, set.Count).ToArray()) ? -1 : 1);
        Minimise(learner, Cases.Found(0, Cases.Rows(10), Cases.Rows(flips)));
        Assert.IsLessThanOrEqualTo(EvidenceOptions.LeavingOutAtMost(flips), learner.Trained.Count);
    }

    [TestMethod]
    public void Gather_SingleFlip_IsProvenSmallestWithoutARetrain()
    {
        var learner = new FakeLearner((_, _) => 1);
        var found = Cases.Found(0, Cases.Rows(10), 4);
        Prove(learner, 0, found);
        Assert.IsTrue(found.IsProvenSmallest);
        Assert.HasCount(0, learner.Trained);
    }

    [TestMethod]
    public void Gather_SmallerSetElsewhere_TakesItsPlaceProven()
    {
        var learner = new FakeLearner((flips, _)
            => flips.Equals(new([3, 5])) ? -2 : flips.Rows.Contains(7) && flips.Rows.Contains(8) && flips.Rows.Contains(9) ? -1 : 1);
        var found = Cases.Found(0, Cases.Rows(12), 7, 8, 9);
        var evidence = Cases.Gather(learner, Options with { ProofRetrains = 78 }, [found])[0]!;
        Assert.IsTrue(evidence.IsProvenSmallest);
        Assert.AreEqual((3, 2), (evidence.FlipsFound, evidence.Flips));
        CollectionAssert.AreEqual(new[] { 3, 5 }, found.Search.Flips.Rows.ToArray(), "the search takes it over");
        Assert.AreEqual(-2, found.Search.CounterfactualScore);
    }

    [TestMethod]
    [DataRow(78, true, 78)]
    [DataRow(77, false, 0)]
    public void Prove_ThreeFlips_TriesAllSinglesAndPairsOrNone(int atMost, bool isProven, int retrains)
    {
        var learner = new FakeLearner((_, _) => 1);
        var found = Cases.Found(0, Cases.Rows(12), 7, 8, 9);
        Prove(learner, atMost, found);
        Assert.AreEqual(isProven, found.IsProvenSmallest);
        Assert.HasCount(retrains, learner.Trained);
        CollectionAssert.AreEqual(new[] { 7, 8, 9 }, found.Flips.Rows.ToArray());
    }

    [TestMethod]
    public void Prove_RowsTogether_ShareTheSetsAndEachGetsItsOwnAnswer()
    {
        // Row x (feature x) is decided otherwise by the single flip x, where x is 1 or 2.
        var learner = new FakeLearner((flips, feature) => feature is 1 or 2 && flips.Equals(new([(int)feature])) ? -1 : 1);
        EvidenceCase[] cases = [Cases.Found(1, Cases.Rows(20), 8, 9), Cases.Found(2, Cases.Rows(20), 8, 9), Cases.Found(3, Cases.Rows(20), 8, 9)];
        Prove(learner, 20, cases);
        CollectionAssert.AreEqual(new[] { "1", "2", "8 9" }, cases.Select(each => string.Join(' ', each.Flips.Rows.ToArray())).ToArray());
        Assert.IsTrue(cases.All(each => each.IsProvenSmallest));
        Assert.HasCount(20, learner.Trained);
    }

    [TestMethod]
    public void All_Subsets_AreAsManyAsCountSays()
    {
        int[] rows = [4, 7, 9, 12, 15, 20];
        for (int size = 1; size <= 6; size++)
        {
            var all = Subsets.All(rows, size).ToArray();
            Assert.HasCount((int)Subsets.Count(6, size, 1000), all);
            CollectionAssert.AllItemsAreUnique(all);
        }

        Assert.AreEqual(6 + 15 + 20, Subsets.CountBelow(6, 4, 1000));
        Assert.IsGreaterThan(1_000_000, Subsets.CountBelow(11_505, 28, 1_000_000));
    }

    private static void Minimise(FakeLearner learner, params EvidenceCase[] cases)
    {
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        Minimisation.Run(cases, new RetrainedModels(pool, new EvidenceProgress(null)), CancellationToken.None);
    }

    private static void Prove(FakeLearner learner, int atMost, params EvidenceCase[] cases)
    {
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        SmallestProof.Run(cases, atMost, new RetrainedModels(pool, new EvidenceProgress(null)), CancellationToken.None);
    }
}
