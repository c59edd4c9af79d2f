using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>Memo, single flight, eviction, cancellation and failure.</summary>
[TestClass]
public sealed class RetrainPoolTests
{
    [TestMethod]
    public void Get_SameFlips_TrainsOnce()
    {
        var learner = new FakeLearner((flips, _) => flips.Count);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var first = pool.Get(new FlipSet([2, 1]), CancellationToken.None);
        Assert.AreSame(first.Answer, pool.Get(new FlipSet([1, 2]), CancellationToken.None).Answer);
        Assert.HasCount(1, learner.Trained);
        Assert.AreEqual(1, pool.Retrains);
    }

    [TestMethod]
    public void Get_FromManyThreadsAtOnce_TrainsOnce()
    {
        using var started = new Barrier(8);
        using var entered = new ManualResetEventSlim();
        var learner = new FakeLearner((_, _) => 0) { During = (_, token) => entered.Wait(token) };
        using var pool = new RetrainPool(learner, 8, 1 << 20);
        var threads = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                started.SignalAndWait();
                return pool.Get(new FlipSet([5]), CancellationToken.None);
            },
            TaskCreationOptions.LongRunning)).ToArray();
        entered.Set();
        var models = Task.WhenAll(threads).Result;
        Assert.IsTrue(models.All(model => ReferenceEquals(model.Answer, models[0].Answer)));
        Assert.HasCount(1, learner.Trained);
    }

    [TestMethod]
    public void Get_MemoFull_ForgetsTheLeastRecentlyUsed()
    {
        var learner = new FakeLearner((_, _) => 0);
        long bytes = new Answer(new float[learner.Rows.Length]).SizeInBytes;
        using var pool = new RetrainPool(learner, 1, memoBytes: 2 * (bytes + 300));
        FlipSet a = new([1]), b = new([2]), c = new([3]);
        foreach (var flips in new[] { a, b, a, c, a, b }) pool.Get(flips, CancellationToken.None);
        // a and b fit; c pushes out b, the least recently used; a is still there; b is trained again.
        CollectionAssert.AreEqual(new[] { a, b, c, b }, learner.Trained.ToArray());
    }

    [TestMethod]
    public void Get_NoMemo_StillAnswers()
    {
        var learner = new FakeLearner((_, _) => 7);
        using var pool = new RetrainPool(learner, 1, memoBytes: 0);
        Assert.AreEqual(7, pool.Get(new FlipSet([1]), CancellationToken.None).Answer!.Logits[0]);
        Assert.AreEqual(7, pool.Get(new FlipSet([1]), CancellationToken.None).Answer!.Logits[0]);
        Assert.HasCount(2, learner.Trained);
    }

    [TestMethod]
    public void Get_CancelledTraining_IsRunAgainByTheNextInLine()
    {
        using var first = new CancellationTokenSource();
        using var inFlight = new ManualResetEventSlim();
        var learner = new FakeLearner((_, _) => 0)
        {
            During = (_, token) =>
            {
                if (token != first.Token) return;
                inFlight.Set();
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
            },
        };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        var cancelled = Task.Run(() => pool.Get(new FlipSet([1]), first.Token));
        inFlight.Wait();
        var waiting = Task.Run(() => pool.Get(new FlipSet([1]), CancellationToken.None));
        first.Cancel();
        Assert.IsNotNull(waiting.Result.Answer);
        var failure = Assert.ThrowsExactly<AggregateException>(cancelled.Wait);
        Assert.IsInstanceOfType<OperationCanceledException>(failure.InnerException);
    }

    [TestMethod]
    public void GetAll_DivergedTraining_IsReceivedAsAFailureOfThatFlipSetAlone()
    {
        var learner = new FakeLearner((_, _) => 0)
        {
            During = (flips, _) =>
            {
                if (flips.Rows.Contains(2)) throw new TrainingDivergedException("diverged");
            },
        };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        var received = new string[3];
        pool.GetAll(
            [new FlipSet([1]), new FlipSet([2]), new FlipSet([3])],
            (index, retrain) => received[index] = retrain.Answer is null ? retrain.Failure! : "model", CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "model", "diverged", "model" }, received);
    }

    [TestMethod]
    public void GetAll_OneWorker_TrainsInOrder()
    {
        var learner = new FakeLearner((_, _) => 0);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        FlipSet[] sets = [.. Enumerable.Range(0, 20).Reverse().Select(row => new FlipSet([row]))];
        pool.GetAll(sets, (_, _) => { }, CancellationToken.None);
        CollectionAssert.AreEqual(sets, learner.Trained.ToArray());
    }

    [TestMethod]
    public void GetAll_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((_, _) => 0) { During = (flips, _) => { if (flips.Rows[0] == 3) source.Cancel(); } };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        int received = 0;
        Assert.Throws<OperationCanceledException>(() => pool.GetAll(
            [.. Enumerable.Range(0, 500).Select(row => new FlipSet([row]))], (_, _) => Interlocked.Increment(ref received), source.Token));
        Assert.IsInRange(1, 20, received);
    }

    [TestMethod]
    public void Dispose_Pool_FreesMemoryAndStillAnswers()
    {
        var learner = new FakeLearner((_, _) => 7);
        var pool = new RetrainPool(learner, 2, 1 << 20);
        pool.Get(new FlipSet([1]), CancellationToken.None);
        Assert.AreEqual(1, learner.Retrainers, "kept for the next retrain");
        pool.Dispose();
        Assert.AreEqual(0, learner.Retrainers);
        Assert.AreEqual(7, pool.Get(new FlipSet([1]), CancellationToken.None).Answer!.Logits[0]);
        Assert.HasCount(2, learner.Trained, "what was remembered is forgotten");
        pool.Dispose();
        Assert.AreEqual(0, learner.Retrainers);
    }

    [TestMethod]
    public void Get_Log_IsAskedBeforeARetrainAndToldAfterOne()
    {
        var log = new Log { Known = { [new FlipSet([1])] = new Retrain(new Answer([3f]), null, TimeSpan.FromSeconds(2)) } };
        var learner = new FakeLearner((_, _) => 7);
        using var pool = new RetrainPool(learner, 1, 1 << 20, log);
        Assert.AreEqual(3, pool.Get(new FlipSet([1]), CancellationToken.None).Answer!.Logits[0]);
        Assert.AreEqual(7, pool.Get(new FlipSet([2]), CancellationToken.None).Answer!.Logits[0]);
        Assert.HasCount(1, learner.Trained);
        Assert.AreEqual(1, pool.Retrains);
        CollectionAssert.AreEqual(new FlipSet[] { new([2]) }, log.Added);
    }

    [TestMethod]
    public void Get_LogBesideAMemo_IsReadOnceForEachFlipSet()
    {
        var log = new Log { Known = { [new FlipSet([1])] = new Retrain(new Answer([3f]), null, default) } };
        using var pool = new RetrainPool(new FakeLearner((_, _) => 7), 1, 1 << 20, log);
        for (int time = 0; time < 3; time++)
        {
            pool.Get(new FlipSet([1]), CancellationToken.None);
            pool.Get(new FlipSet([2]), CancellationToken.None);
        }

        Assert.AreEqual(2, log.Recalls, "the memo answers from then on");
    }

    [TestMethod]
    public void Get_DivergedTraining_IsRememberedAndLogged()
    {
        var learner = new FakeLearner((_, _) => 0) { During = (_, _) => throw new TrainingDivergedException("diverged") };
        var log = new Log();
        using var pool = new RetrainPool(learner, 1, 1 << 20, log);
        for (int time = 0; time < 2; time++)
        {
            var retrain = pool.Get(new FlipSet([1]), CancellationToken.None);
            Assert.IsNull(retrain.Answer);
            Assert.AreEqual("diverged", retrain.Failure);
        }

        Assert.HasCount(1, learner.Stacks, "trained once");
        Assert.HasCount(1, log.Added);
        Assert.AreEqual(0, pool.Retrains, "none came to an end");
    }

    private sealed class Log : IRetrainLog
    {
        public Dictionary<FlipSet, Retrain> Known { get; } = [];

        public List<FlipSet> Added { get; } = [];

        public int Recalls { get; private set; }

        public Retrain? Recall(RetrainKey key)
        {
            Recalls++;
            return Known.TryGetValue(key.Flips, out var known) ? known : null;
        }

        public void Add(RetrainKey key, Retrain retrain) => Added.Add(key.Flips);
    }
}
