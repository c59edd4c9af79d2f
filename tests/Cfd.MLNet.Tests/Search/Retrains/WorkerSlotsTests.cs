using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>How many train at a time, and what becomes of their buffers.</summary>
[TestClass]
public sealed class WorkerSlotsTests
{
    [TestMethod]
    public async Task FreeBuffers_InTheMiddleOfAJob_FreesThemWhenItIsDone()
    {
        var slots = new WorkerSlots(1);
        var learner = new FakeLearner((_, row) => row);
        int received = 0;
        RetrainKey[] keys = [.. Enumerable.Range(0, 20).Select(row => new RetrainKey(new FlipSet([row])))];
        await slots.RunAsync(learner, keys, (_, _) =>
        {
            if (++received == 3) slots.FreeBuffers(learner);
        }, CancellationToken.None);
        Assert.AreEqual(20, received);
        Assert.AreEqual(0, learner.Retrainers);
        await slots.RunAsync(learner, keys, (_, _) => { }, CancellationToken.None);
        Assert.AreEqual(1, learner.Retrainers, "kept again for the next");
    }

    [TestMethod]
    public void Train_OneAfterAnother_ReusesTheRetrainer()
    {
        var learner = new FakeLearner((flips, _) => flips.Count);
        var slots = new WorkerSlots(3);
        for (int row = 0; row < 5; row++) Assert.AreEqual(1, Train(slots, learner, [new FlipSet([row])], CancellationToken.None)[0].Answer!.Logits[0]);
        Assert.AreEqual(1, learner.Retrainers);
        slots.FreeBuffers(learner);
        Assert.AreEqual(0, learner.Retrainers);
        Train(slots, learner, [new FlipSet([1])], CancellationToken.None);
        Assert.AreEqual(1, learner.Retrainers, "made anew");
    }

    [TestMethod]
    public void Train_MoreJobsThanSlots_WaitTheirTurn()
    {
        int busy = 0, most = 0;
        using var both = new Barrier(2);
        var learner = new FakeLearner((_, _) => 0)
        {
            During = (_, token) =>
            {
                int now = Interlocked.Increment(ref busy);
                lock (both) most = Math.Max(most, now);
                both.SignalAndWait(token);
                Interlocked.Decrement(ref busy);
            },
        };
        var slots = new WorkerSlots(2);
        Task.WaitAll([.. Enumerable.Range(0, 6).Select(row => slots.RunAsync(learner, [new FlipSet([row])], (_, _) => { }, CancellationToken.None))]);
        Assert.AreEqual(2, most, "two at a time, never three");
        Assert.HasCount(6, learner.Trained);
        Assert.AreEqual(2, learner.Retrainers);
    }

    [TestMethod]
    public void Train_CancelledWhileAllAreBusy_GivesUpWaiting()
    {
        using var inside = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((_, _) => 0)
        {
            During = (_, token) =>
            {
                inside.Set();
                end.Wait(token);
            },
        };
        var slots = new WorkerSlots(1);
        var first = Task.Run(() => Train(slots, learner, [new FlipSet([1])], CancellationToken.None));
        inside.Wait();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Train(slots, learner, [new FlipSet([2])], source.Token));
        end.Set();
        Assert.HasCount(1, first.Result);
    }

    [TestMethod]
    public void Train_Failure_GivesTheSlotBack()
    {
        var learner = new FakeLearner((_, _) => 0)
        {
            During = (flips, _) =>
            {
                if (flips.Rows[0] == 1) throw new IOException("full");
            },
        };
        var slots = new WorkerSlots(1);
        Assert.ThrowsExactly<IOException>(() => Train(slots, learner, [new FlipSet([1])], CancellationToken.None));
        Assert.HasCount(1, Train(slots, learner, [new FlipSet([2])], CancellationToken.None));
        Assert.AreEqual(1, learner.Retrainers);
    }

    [TestMethod]
    public void Train_Stack_SharesItsTime()
    {
        var learner = new FakeLearner((_, _) => 0) { CandidatesAtOnce = 4, During = (_, _) => Thread.Sleep(2) };
        var slots = new WorkerSlots(1);
        var retrains = Train(slots, learner, [new FlipSet([1]), new FlipSet([2]), new FlipSet([3])], CancellationToken.None);
        Assert.IsGreaterThan(TimeSpan.Zero, retrains[0].Time);
        Assert.IsTrue(retrains.All(retrain => retrain.Time == retrains[0].Time));
        Assert.IsGreaterThanOrEqualTo(3 * retrains[0].Time, slots.BusyTime);
    }

    [TestMethod]
    public void RunAsync_Cancelled_DropsWhatNobodyHasTakenUp()
    {
        using var inside = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((_, _) => 0) { During = (_, _) => { inside.Set(); source.Token.WaitHandle.WaitOne(); } };
        var received = new List<int>();
        var run = new WorkerSlots(1).RunAsync(learner, [new FlipSet([1]), new FlipSet([2])], (index, _) => received.Add(index), source.Token);
        inside.Wait();
        source.Cancel();
        Assert.IsInstanceOfType<OperationCanceledException>(Assert.ThrowsExactly<AggregateException>(run.Wait).InnerException);
        CollectionAssert.AreEqual(new[] { 0 }, received, "what was trained is handed on");
    }

    [TestMethod]
    public void RunAsync_ManyJobsAtOnce_AreAllDoneWithinTheSlots()
    {
        int busy = 0, most = 0;
        var learner = new FakeLearner((_, _) => 0)
        {
            During = (_, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref busy));
                Thread.Yield();
                Interlocked.Decrement(ref busy);
            },
        };
        var slots = new WorkerSlots(4);
        Task.WaitAll([.. Enumerable.Range(0, 300).Select(row => slots.RunAsync(learner, [new FlipSet([row]), new FlipSet([row, 1000])], (_, _) => { }, CancellationToken.None))]);
        Assert.HasCount(600, learner.Trained);
        Assert.IsInRange(1, 4, most);
    }

    private static Retrain[] Train(WorkerSlots slots, FakeLearner learner, RetrainKey[] keys, CancellationToken cancellationToken)
    {
        var retrains = new Retrain[keys.Length];
        slots.RunAsync(learner, keys, (index, retrain) => retrains[index] = retrain, cancellationToken).GetAwaiter().GetResult();
        return retrains;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, seen);
    }
}
