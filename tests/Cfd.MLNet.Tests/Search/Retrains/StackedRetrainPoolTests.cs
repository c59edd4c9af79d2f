using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>A pool over a learner that trains several flip sets in one call.</summary>
[TestClass]
public sealed class StackedRetrainPoolTests
{
    [TestMethod]
    public void GetAll_OneWorker_TrainsFullStacksInOrder()
    {
        var learner = new FakeLearner((flips, _) => flips.Rows[0]) { CandidatesAtOnce = 4 };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var sets = Sets(10);
        float[] logits = Logits(pool, sets);
        CollectionAssert.AreEqual(new[] { 4, 4, 2 }, learner.Stacks.ToArray());
        CollectionAssert.AreEqual(sets, learner.Trained.ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(row => (float)row).ToArray(), logits);
        Assert.AreEqual(10, pool.Retrains);
    }

    [TestMethod]
    public void GetAll_Remembered_TakeNoPlaceInAStack()
    {
        var learner = new FakeLearner((flips, _) => flips.Rows[0]) { CandidatesAtOnce = 4 };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        foreach (int row in new[] { 0, 2, 5 }) pool.Get(new FlipSet([row]), CancellationToken.None);
        CollectionAssert.AreEqual(Enumerable.Range(0, 9).Select(row => (float)row).ToArray(), Logits(pool, Sets(9)));
        CollectionAssert.AreEqual(new[] { 1, 1, 1, 4, 2 }, learner.Stacks.ToArray());
        Assert.AreEqual(9, pool.Retrains);
    }

    [TestMethod]
    public void GetAll_ManyWorkers_TrainEachOnce()
    {
        var learner = new FakeLearner((flips, _) => flips.Rows[0]) { CandidatesAtOnce = 3 };
        using var pool = new RetrainPool(learner, 4, 1 << 20);
        var sets = Sets(100);
        Task.WaitAll([.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Logits(pool, sets)))]);
        CollectionAssert.AreEquivalent(sets, learner.Trained.ToArray());
    }

    [TestMethod]
    public void GetAll_InFlightElsewhere_IsAwaitedAndNotTrainedAgain()
    {
        using var inFlight = new ManualResetEventSlim();
        using var othersDone = new ManualResetEventSlim();
        var learner = new FakeLearner((flips, _) => flips.Rows[0])
        {
            CandidatesAtOnce = 4,
            During = (flips, token) =>
            {
                if (flips.Rows[0] == 3) othersDone.Set();
                if (flips.Rows[0] != 1) return;
                inFlight.Set();
                othersDone.Wait(token);
            },
        };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        var elsewhere = Task.Run(() => pool.Get(new FlipSet([1]), CancellationToken.None));
        inFlight.Wait();
        CollectionAssert.AreEqual(new[] { 0f, 1f, 2f, 3f }, Logits(pool, Sets(4)));
        elsewhere.Wait();
        CollectionAssert.AreEqual(new[] { 1, 3 }, learner.Stacks.ToArray());
        Assert.AreEqual(4, pool.Retrains);
    }

    [TestMethod]
    public void GetAll_DivergedTraining_IsAFailureOfThatFlipSetAlone()
    {
        var learner = new FakeLearner((_, _) => 0)
        {
            CandidatesAtOnce = 4,
            During = (flips, _) =>
            {
                if (flips.Rows[0] == 2) throw new TrainingDivergedException("diverged");
            },
        };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        var received = new string[6];
        pool.GetAll(
            Sets(6), (index, retrain) => received[index] = retrain.Answer is null ? retrain.Failure! : "model", CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "model", "model", "diverged", "model", "model", "model" }, received);
        Assert.AreEqual(5, pool.Retrains);
    }

    [TestMethod]
    public void GetAll_Cancelled_ThrowsAndLeavesNothingInFlight()
    {
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((_, _) => 0)
        {
            CandidatesAtOnce = 4,
            During = (flips, token) =>
            {
                if (flips.Rows[0] == 6 && token.CanBeCanceled) source.Cancel();
                token.ThrowIfCancellationRequested();
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var received = new List<int>();
        Assert.Throws<OperationCanceledException>(() => pool.GetAll(Sets(12), (index, _) => received.Add(index), source.Token));
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, received);
        Assert.HasCount(12, Logits(pool, Sets(12)));
    }

    private static FlipSet[] Sets(int count) => [.. Enumerable.Range(0, count).Select(row => new FlipSet([row]))];

    private static float[] Logits(RetrainPool pool, FlipSet[] sets)
    {
        var logits = new float[sets.Length];
        pool.GetAll(sets, (index, retrain) => logits[index] = retrain.Answer!.Logits[0], CancellationToken.None);
        return logits;
    }
}
