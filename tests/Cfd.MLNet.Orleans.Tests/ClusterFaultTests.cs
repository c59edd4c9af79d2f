using System.Diagnostics;
using System.Globalization;
using Cfd.MLNet.Tests.Search.Retrains;
using static Cfd.MLNet.Orleans.Tests.TestCluster;

namespace Cfd.MLNet.Orleans.Tests;

/// <summary>What befalls workers and the database: real processes around a real one.</summary>
[TestClass]
public sealed class ClusterFaultTests
{
    private const string Full = "could not extend file: No space left on device";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("killed")]
    [DataRow("frozen")]
    public async Task Worker_GoneInTheMiddle_LosesItsBatchAlone(string how)
    {
        string connection = Database();
        using var workers = new Workers(connection, 3);
        await using var executor = await ConnectAsync(connection, slots: 3);
        var watch = Stopwatch.StartNew();
        int answered = 0;
        float[][] answers = await Answers(executor, () =>
        {
            if (++answered != Retrains / 4) return;
            if (how == "killed") workers[0].Kill();
            else workers[0].Freeze();
        });
        AssertRight(answers, connection);
        Assert.IsInRange(0, Retrains / 4, executor.Repeated, "no more than its batch");
        Assert.AreEqual(2, executor.Slots);
        TestContext.WriteLine($"{how}: {executor.Repeated} retrains given to another worker, {watch.Elapsed.TotalSeconds:0.0} s in all");
    }

    [TestMethod]
    public async Task Worker_FrozenForAMinuteThatGoesOn_ChangesNothingAndEnds()
    {
        string connection = Database();
        using var workers = new Workers(connection, 3);
        await using var executor = await ConnectAsync(connection, slots: 3);
        var frozen = new Stopwatch();
        int answered = 0;
        float[][] answers = await Answers(executor, () =>
        {
            if (++answered != Retrains / 4) return;
            workers[0].Freeze();
            frozen.Start();
        });
        AssertRight(answers, connection);
        long repeated = executor.Repeated;
        Assert.IsInRange(0, Retrains / 4, repeated, "no more than its batch");
        await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, 60 - frozen.Elapsed.TotalSeconds)));
        workers[0].Resume();

        // The others have declared it dead, so that it may not go on as if nothing had been; whoever runs it starts it again.
        Assert.AreEqual(1, workers[0].WaitForExit(), workers[0].Output);
        Assert.Contains("Error: The cluster has declared this process dead", workers[0].Output);
        Assert.DoesNotContain("   at ", workers[0].Output);
        AssertRight(await Answers(executor), connection);
        workers.Start();
        await executor.WaitForSlotsAsync(3);
        TestContext.WriteLine($"frozen for {frozen.Elapsed.TotalSeconds:0} s: {repeated} retrains given to another worker");
    }

    [TestMethod]
    [DataRow("+5h")]
    [DataRow("-5h")]
    public async Task Worker_WithAnotherClock_WorksLikeTheOthers(string offset)
    {
        string? library = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime/libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
        if (library is null) Assert.Inconclusive("libfaketime is not installed.");
        string connection = Database();
        using var workers = new Workers(connection, 1);
        workers.Start(("LD_PRELOAD", library), ("FAKETIME", offset), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"));
        await using var executor = await ConnectAsync(connection, slots: 2);
        AssertRight(await Answers(executor), connection);
        Assert.AreEqual(2, PostgresServer.Number(connection, "select count(distinct worker) from cfd_result"));
        Assert.Contains("s ahead of the database's", workers[1].Output);
    }

    [TestMethod]
    public async Task Database_RestartedInTheMiddle_LosesNothing()
    {
        string connection = Database();
        using var workers = new Workers(connection, 2);
        await using var executor = await ConnectAsync(connection, slots: 2);
        int answered = 0;
        float[][] answers = await Answers(executor, () =>
        {
            if (++answered == Retrains / 4) Server.Restart();
        });
        AssertRight(answers, connection);
        TestContext.WriteLine($"{executor.Repeated} retrains repeated");
    }

    [TestMethod]
    public async Task Database_FullForAWhile_IsWaitedFor()
    {
        string connection = Database();
        using var workers = new Workers(connection, 2);
        await using var executor = await ConnectAsync(connection, slots: 2);
        int answered = 0;
        Task? freed = null;
        float[][] answers = await Answers(executor, () =>
        {
            if (++answered != Retrains / 4) return;
            Refuse(connection, "53100");
            freed = Task.Delay(TimeSpan.FromSeconds(3)).ContinueWith(_ => PostgresServer.Execute(connection, "drop trigger refusal on cfd_result"), TaskScheduler.Default);
        });
        await freed!;
        AssertRight(answers, connection);
    }

    [TestMethod]
    public async Task Database_ThatTakesNoResults_EndsTheAuditWithTheReasonAndTheWorker()
    {
        string connection = Database();
        using var workers = new Workers(connection, 2);
        await using var executor = await ConnectAsync(connection, slots: 2);
        Refuse(connection, "42501");
        string message = (await Assert.ThrowsExactlyAsync<IOException>(() => Answers(executor))).Message;
        Assert.Contains("Worker ", message);
        Assert.Contains(Full, message);

        // The workers are as they were.
        PostgresServer.Execute(connection, "drop trigger refusal on cfd_result");
        AssertRight(await Answers(executor), connection);
    }

    [TestMethod]
    public async Task Worker_JoiningLate_TakesItsShare()
    {
        string connection = Database();
        using var workers = new Workers(connection, 0);
        await using var executor = await ConnectAsync(connection, slots: 0);
        int answered = 0;
        var answers = Answers(executor, () =>
        {
            if (++answered == 1) workers.Start();
        });
        workers.Start();
        AssertRight(await answers, connection);
        Assert.AreEqual(2, executor.Slots);
    }

    [TestMethod]
    public async Task Worker_KilledDuringWalks_LeavesThemToOthers()
    {
        string connection = Database();
        using var workers = new Workers(connection, 2);
        await using var executor = await ConnectAsync(connection, slots: 2);
        var package = Packages.Small();
        DerivativeRequest[] requests = [.. Enumerable.Repeat(Packages.Walks(), 40).SelectMany(walks => walks)];
        var there = new IReadOnlyList<double[]>[requests.Length];
        int answered = 0;
        await foreach (var answer in executor.DifferentiateAsync(package, requests, CancellationToken.None))
        {
            there[answer.Index] = answer.ByLabel;
            if (++answered == 10) workers[0].Kill();
        }

        await foreach (var answer in new LocalRetrainExecutor().DifferentiateAsync(package, requests, CancellationToken.None))
        {
            for (int target = 0; target < answer.ByLabel.Count; target++) CollectionAssert.AreEqual(answer.ByLabel[target], there[answer.Index][target]);
        }
    }

    /// <summary>Has the database refuse results, as it does when its disk is full or rights are missing.</summary>
    private static void Refuse(string connection, string state) => PostgresServer.Execute(connection, string.Create(CultureInfo.InvariantCulture,
        $"""
         create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception '{Full}' using errcode = '{state}'; end $$;
         create trigger refusal before insert on cfd_result for each row execute function refuse()
         """));

    /// <summary>Worker processes of one slot each, which end with the test.</summary>
    private sealed class Workers : IDisposable
    {
        private readonly string _connection;
        private readonly List<CfdProcess> _processes = [];

        public Workers(string connection, int count)
        {
            _connection = connection;
            for (int i = 0; i < count; i++) Start();
        }

        public CfdProcess this[int index] => _processes[index];

        public void Start(params (string Name, string Value)[] environment) => _processes.Add(CfdProcess.StartWorker(_connection, environment));

        public void Dispose()
        {
            foreach (var process in _processes) process.Dispose();
        }
    }
}
