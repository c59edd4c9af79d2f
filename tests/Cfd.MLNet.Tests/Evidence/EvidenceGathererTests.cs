using System.Collections.Concurrent;
using Cfd.MLNet.Evidence;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Tests.Search;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>Seeds, noise floor, cost, cancellation and threads, on a learner whose answers are known.</summary>
[TestClass]
public sealed class EvidenceGathererTests
{
    private static readonly EvidenceOptions Quick = new() { Level = EvidenceLevel.Quick };

    [TestMethod]
    public void Gather_FreshSeeds_CountsWhereFlipsDoWhatTheyDidAndWhereSeedsDecideOtherwise()
    {
        // Three of four seeds agree with f and with its flips; the others turn the row down anyway.
        var seeds = new ConcurrentDictionary<long, FakeLearner>();
        var learner = new FakeLearner((_, _) => 1)
        {
            UnderSeed = seed => seeds.GetOrAdd(seed, _ => new FakeLearner((flips, _) => (seed & 3) > 0 && flips.Count == 0 ? 1 : -1)),
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var gatherer = new EvidenceGatherer(pool, Quick with { Seeds = 12 }, seed: 1);
        var evidence = gatherer.Gather([Cases.Found(0, Cases.Rows(10), 4)], 1, new EvidenceProgress(null), CancellationToken.None)[0]!;
        int agreeing = seeds.Keys.Count(seed => (seed & 3) > 0);
        Assert.AreEqual(new Proportion(agreeing, seeds.Count), evidence.SeedStability);
        Assert.AreEqual(new Proportion(seeds.Count - agreeing, seeds.Count), evidence.SeedDisagreement);
        gatherer.Gather([Cases.Found(0, Cases.Rows(9), 5)], 1, new EvidenceProgress(null), CancellationToken.None);
        Assert.IsTrue(seeds.Values.All(each => each.Trained.Count(flips => flips.Count == 0) == 1), "each seed's f is remembered");
    }

    [TestMethod]
    public void Gather_Progress_BoundFallsToWhatWasDone()
    {
        var bounds = new List<long>();
        EvidenceProgress? progress = null;
        progress = new EvidenceProgress(() => bounds.Add(progress!.AtMost));
        progress.Start(1_000);
        Cases.Gather(new FakeLearner((flips, _) => flips.Count > 1 ? -1 : 1), Quick, [Cases.Found(0, Cases.Rows(10), 0, 1, 2), Cases.Found(1, Cases.Rows(12), 3, 4)], progress);
        Assert.AreEqual(1_000, bounds[0]);
        CollectionAssert.AreEqual(bounds.OrderDescending().ToArray(), bounds);
        Assert.IsGreaterThan(bounds.Count, bounds[bounds.Count / 2], "the bound lies above what is done until the end");
        Assert.AreEqual(progress.Done, progress.AtMost);
    }

    [TestMethod]
    public void Gather_ClearCases_EndAfterFourFreshTrainings()
    {
        var learner = new FakeLearner((_, _) => 1) { UnderSeed = seed => new FakeLearner((flips, _) => flips.Count == 0 ? 1 + (0.01f * (seed & 7)) : -1) };
        var confirmed = Cases.Gather(learner, Quick, [Cases.Found(0, Cases.Rows(30), 4)])[0]!;
        Assert.AreEqual(new Proportion(4, 4), confirmed.SeedStability);
        var refuted = Cases.Gather(new FakeLearner((_, _) => 1) { UnderSeed = seed => new FakeLearner((_, _) => 1 + (0.01f * (seed & 7))) }, Quick, [Cases.Found(0, Cases.Rows(30), 4)])[0]!;
        Assert.AreEqual((EvidenceVerdict.OfThisRun, new Proportion(0, 4)), (refuted.Verdict, refuted.SeedStability));
        Assert.AreEqual(0, refuted.PlaceboRate.Total, "no placebo is needed");
    }

    [TestMethod]
    public void Gather_AChangeBack_IsNoSupport()
    {
        // Fresh trainings decide otherwise without the flips, and as f with them.
        var learner = new FakeLearner((_, _) => 1) { UnderSeed = seed => new FakeLearner((flips, _) => flips.Count == 0 ? -1 - (0.01f * (seed & 7)) : 1) };
        var evidence = Cases.Gather(learner, Quick, [Cases.Found(0, Cases.Rows(30), 4)])[0]!;
        Assert.AreEqual(EvidenceVerdict.OfThisRun, evidence.Verdict);
        Assert.AreEqual(0, evidence.SeedStability.Count);
        Assert.AreEqual(evidence.SeedDisagreement.Total, evidence.SeedDisagreement.Count);
    }

    [TestMethod]
    public void Gather_FlipsThatDoMoreThanRandomOnes_Stand()
    {
        // The flips of row 4 shift by 2, any other by up to 0.3.
        static float Answer(FlipSet flips, long seed) => 1 + (0.01f * (seed & 7)) - (flips.Rows.Contains(4) ? 2 : flips.Count == 0 ? 0 : 0.05f * (flips.Rows[0] % 7));
        var learner = new FakeLearner((flips, _) => Answer(flips, 0)) { UnderSeed = seed => new FakeLearner((flips, _) => Answer(flips, seed)) };
        var evidence = Cases.Gather(learner, Quick, [Cases.Found(0, Cases.Rows(60), 4)])[0]!;
        Assert.AreEqual(EvidenceVerdict.Stands, evidence.Verdict);
        Assert.IsLessThan(0.001, evidence.PValue!.Value);
        Assert.AreEqual(0, evidence.PlaceboRate.Count);
        Assert.IsInRange(1.9, 2.1, evidence.Shift!.Value);
        Assert.IsInRange(0.05, 0.25, evidence.PlaceboShift!.Value);
    }

    [TestMethod]
    public void Gather_FlipsThatDoWhatRandomOnesDo_AreWeak()
    {
        // Any flip shifts by 1.5 to 2.5: fresh trainings bear it out, but any label would do.
        static float Answer(FlipSet flips, long seed) => 1 + (0.01f * (seed & 7)) - (flips.Count == 0 ? 0 : 1.5f + (0.1f * (flips.Rows[0] % 11)));
        var learner = new FakeLearner((flips, _) => Answer(flips, 0)) { UnderSeed = seed => new FakeLearner((flips, _) => Answer(flips, seed)) };
        var evidence = Cases.Gather(learner, Quick, [Cases.Found(0, Cases.Rows(60), 4)])[0]!;
        Assert.AreEqual(EvidenceVerdict.Weak, evidence.Verdict);
        Assert.AreEqual(evidence.PlaceboRate.Total, evidence.PlaceboRate.Count);
        Assert.IsGreaterThan(0.05, evidence.PValue!.Value);
    }

    [TestMethod]
    public void Gather_LearnerWithoutSeed_IsHeldAgainstPlacebosAlone()
    {
        static float Answer(FlipSet flips, float row) => 1 - (flips.Rows.Contains(4) ? 2 : flips.Count == 0 ? 0 : 0.05f * (flips.Rows[0] % 7));
        var evidence = Cases.Gather(new FakeLearner(Answer), Quick, [Cases.Found(0, Cases.Rows(60), 4)])[0]!;
        Assert.AreEqual(EvidenceVerdict.Stands, evidence.Verdict);
        Assert.AreEqual((0, 0), (evidence.SeedStability.Total, evidence.SeedDisagreement.Total));
        Assert.IsNull(evidence.FreshScore);
        Assert.AreEqual(EvidenceVerdict.Untested, Cases.Gather(new FakeLearner(Answer), Quick, [Cases.Found(0, [3, 4, 5], 4)])[0]!.Verdict, "two placebos tell nothing");
    }

    [TestMethod]
    public void Gather_Off_LeavesOutFlipsThatAreNotNeededAndTestsNothing()
    {
        var learner = new FakeLearner((flips, _) => flips.Rows.Contains(4) ? -1 : 1) { UnderSeed = _ => throw new NotSupportedException() };
        var found = Cases.Found(0, Cases.Rows(10), 2, 4, 7);
        Assert.IsNull(Cases.Gather(learner, EvidenceOptions.Off, [found])[0]);
        CollectionAssert.AreEqual(new[] { 4 }, found.Search.Flips.Rows.ToArray());
    }

    [TestMethod]
    public void Measure_DisturbedLearner_IsTheShareOfChangedPredictions()
    {
        int disturbances = 0;
        var learner = new FakeLearner((_, _) => 1)
        {
            // The first disturbance turns 3 of the 9 rows that count over, the second one.
            UnderDisturbance = _ =>
            {
                int changed = ++disturbances == 1 ? 3 : 1;
                return new FakeLearner((_, feature) => feature < changed ? -1 : 1);
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        float[] scores = [1, 1, 1, 1, 1, 1, 1, 1, 1, float.NaN];
        var noise = NoiseFloor.Measure(pool, scores, Cases.Rows(10), 2, 1, new EvidenceProgress(null), CancellationToken.None);
        Assert.AreEqual(new NoiseFloor(4.0 / 18, 2), noise);
    }

    [TestMethod]
    public void Measure_NothingToDisturb_RefitsUnflipped()
    {
        int refits = 0;
        var learner = new FakeLearner((_, _) => Volatile.Read(ref refits) % 2 == 0 ? 1 : -1) { During = (_, _) => refits++ };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var noise = NoiseFloor.Measure(pool, [1], [0], 4, 1, new EvidenceProgress(null), CancellationToken.None);
        Assert.AreEqual(new NoiseFloor(0.5, 4), noise, "each refit decides otherwise than the one before");
    }

    [TestMethod]
    public void GatherAll_Retrains_AreThoseReallySpentAndNoMoreThanSaid()
    {
        var others = new List<FakeLearner>();
        FakeLearner Other() => Kept(new FakeLearner(Answer));
        FakeLearner Kept(FakeLearner other)
        {
            lock (others) others.Add(other);
            return other;
        }

        var learner = new FakeLearner(Answer) { UnderSeed = _ => Other(), UnderDisturbance = _ => Other() };
        using var pool = new RetrainPool(learner, 2, 1 << 24);
        var progress = new EvidenceProgress(null);
        var (audit, rows) = new EvidenceGatherer(pool, Quick with { ProofRetrains = 1000 }, seed: 1).GatherAll(
            ManyCases(), [1, 1], [0, 1], 5, progress, CancellationToken.None);
        long trained = learner.Trained.Count + others.Sum(other => other.Trained.Count);
        Assert.AreEqual(trained, audit!.Trainings);
        Assert.AreEqual(trained, progress.Done);
        Assert.IsLessThanOrEqualTo(audit.TrainingsAtMost, trained);
        Assert.AreEqual(progress.Done, progress.AtMost, "the bound falls to what was done");
        Assert.AreEqual(ManyCases().Length, audit.Judged);
        Assert.AreEqual(rows.Count(row => row!.IsProvenSmallest), audit.ProvenSmallest);
        Assert.AreEqual(rows.Length, audit.Standing + audit.Weak + audit.OfThisRun + audit.Untested);
    }

    [TestMethod]
    [DataRow(2, 1 << 24)]
    [DataRow(7, 1 << 24)]
    [DataRow(3, 0)]
    public void Gather_AnyNumberOfWorkers_GivesTheSameEvidence(int workers, int memoBytes)
    {
        EvidenceCase[] alone = ManyCases(), together = ManyCases();
        var one = Cases.Gather(Learner(), Quick, alone);
        var progress = new EvidenceProgress(null);
        var many = Cases.Gather(Learner(), Quick, together, progress, workers, memoBytes);
        CollectionAssert.AreEqual(one, many);
        CollectionAssert.AreEqual(alone.Select(each => each.Search.Flips).ToArray(), together.Select(each => each.Search.Flips).ToArray());

        static FakeLearner Learner() => new(Answer) { UnderSeed = seed => new FakeLearner((flips, feature) => Answer(flips, feature + (seed & 3))) };
    }

    [TestMethod]
    public void Gather_Cancelled_KeepsFinishedRowsAndLeavesTheOthersAsTheyWere()
    {
        using var source = new CancellationTokenSource();
        // Rows of the second kind are admitted others: their first own retrain cancels.
        var learner = new FakeLearner((flips, _) => flips.Rows.Contains(0) || flips.Rows.Contains(20) ? -1 : 1)
        {
            During = (flips, token) =>
            {
                if (flips.Equals(new([21]))) source.Cancel();
                token.ThrowIfCancellationRequested();
            },
        };
        EvidenceCase[] cases = [Cases.Found(0, Cases.Rows(10), 0, 1), Cases.Found(0, [.. Enumerable.Range(18, 8)], 20, 21)];
        var evidence = Cases.Gather(learner, Quick with { Placebos = 5 }, cases, cancellationToken: source.Token);
        Assert.AreEqual(1, evidence[0]!.Flips);
        Assert.IsNull(evidence[1]);
        Assert.AreEqual(1, cases[0].Search.Flips.Count);
        CollectionAssert.AreEqual(new[] { 20, 21 }, cases[1].Search.Flips.Rows.ToArray());
    }

    private static float Answer(FlipSet flips, float feature)
    {
        int sum = 0;
        foreach (int row in flips.Rows) sum += (row * 7) % 5;
        return sum + feature > 9 ? -1 : 1;
    }

    private static EvidenceCase[] ManyCases() =>
    [
        Cases.Found(6, Cases.Rows(25), 2), Cases.Found(1, Cases.Rows(25), 2, 7, 12), Cases.Found(2, Cases.Rows(25), 2, 3, 7, 12),
        Cases.Found(2, [.. Enumerable.Range(4, 20)], 7, 12), Cases.Found(3, [.. Enumerable.Range(4, 20)], 7, 12),
    ];
}
