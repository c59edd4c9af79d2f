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
    public void Gather_OtherSeeds_CountsWhereFlipsChangeTheDecisionAndWhereSeedsDo()
    {
        // Even seeds agree with f and with its flips; odd ones turn the row down anyway.
        var seeds = new List<long>();
        var trained = new List<FakeLearner>();
        var learner = new FakeLearner((_, _) => 1)
        {
            UnderSeed = seed =>
            {
                seeds.Add(seed);
                trained.Add(new FakeLearner((flips, _) => seed % 2 == 0 && flips.Count == 0 ? 1 : -1));
                return trained[^1];
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var gatherer = new EvidenceGatherer(pool, Quick with { Seeds = 12 }, trainingRows: 30, seed: 1);
        var evidence = gatherer.Gather([Cases.Found(0, Cases.Rows(10), 4)], new EvidenceProgress(null), CancellationToken.None)[0]!;
        int even = seeds.Count(seed => seed % 2 == 0);
        CollectionAssert.AllItemsAreUnique(seeds);
        Assert.IsInRange(1, 11, even);
        Assert.AreEqual(new Proportion(even, 12), evidence.SeedStability);
        Assert.AreEqual(new Proportion(12 - even, 12), evidence.SeedDisagreement);
        Assert.AreEqual(24, trained.Sum(each => each.Trained.Count));

        gatherer.Gather([Cases.Found(0, Cases.Rows(9), 5)], new EvidenceProgress(null), CancellationToken.None);
        Assert.AreEqual(24 + 12, trained.Sum(each => each.Trained.Count), "each seed's f is remembered");
        CollectionAssert.AreEqual(seeds.Take(12).ToArray(), seeds.Skip(12).ToArray());
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
    public void Gather_LearnerWithoutSeed_LeavesSeedsOut()
    {
        var evidence = Cases.Gather(new FakeLearner((_, _) => 1), Quick, [Cases.Found(0, Cases.Rows(10), 4)])[0]!;
        Assert.IsNull(evidence.SeedStability.Value);
        Assert.AreEqual(0, evidence.SeedDisagreement.Total);
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
        var noise = NoiseFloor.Measure(pool, scores, 2, 1, new EvidenceProgress(null), CancellationToken.None);
        Assert.AreEqual(new NoiseFloor(4.0 / 18, 2), noise);
    }

    [TestMethod]
    public void Measure_NothingToDisturb_RefitsUnflipped()
    {
        int refits = 0;
        var learner = new FakeLearner((_, _) => Volatile.Read(ref refits) % 2 == 0 ? 1 : -1) { During = (_, _) => refits++ };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var noise = NoiseFloor.Measure(pool, [1], 4, 1, new EvidenceProgress(null), CancellationToken.None);
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
        var (audit, rows) = new EvidenceGatherer(pool, Quick, trainingRows: 30, seed: 1).GatherAll(
            ManyCases(), [1, 1], progress, CancellationToken.None);
        long trained = learner.Trained.Count + others.Sum(other => other.Trained.Count);
        Assert.AreEqual(trained, audit!.Retrains);
        Assert.AreEqual(trained, progress.Done);
        Assert.IsLessThanOrEqualTo(audit.RetrainsAtMost, trained);
        Assert.IsLessThanOrEqualTo(Quick.RetrainsAtMost(ManyCases().Length, 4), audit.RetrainsAtMost);
        Assert.AreEqual(progress.Done, progress.AtMost, "the bound falls to what was done");
        Assert.AreEqual(ManyCases().Length, audit.Judged);
        Assert.AreEqual(rows.Count(row => row!.IsProvenSmallest), audit.ProvenSmallest);
        Assert.AreEqual(rows.Average(row => row!.PlaceboRate.Value), audit.MeanPlaceboRate);
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
        var evidence = Cases.Gather(learner, Quick with { Placebos = 1 }, cases, cancellationToken: source.Token);
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
