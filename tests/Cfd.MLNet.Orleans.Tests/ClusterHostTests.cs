using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cfd.MLNet.Tests;
using Cfd.MLNet.Tests.Search.Retrains;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Cfd.MLNet.Orleans.Tests;

/// <summary>examples/ClusterHost, a worker in a host of one's own with Orleans' dashboard, as the only worker of a cluster.</summary>
[TestClass]
public sealed partial class ClusterHostTests
{
    private const int Retrains = 40;

    [TestMethod]
    public async Task Host_OnlyWorker_AnswersAsThisProcessAndShowsItsSlot()
    {
        string connection = TestCluster.Database();
        using var host = StartHost("--cluster", connection, "--slots", "1", "--address", "127.0.0.1", "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = await AddressOf(host) };
        string silo = await SiloAsync(http);
        Assert.Contains("<title>Orleans Dashboard</title>", await http.GetStringAsync("dashboard"));

        await using var executor = await ConnectAsync(connection, slots: 1);
        float[][] expected = await Answers(new LocalRetrainExecutor()), actual = await Answers(executor);
        for (int i = 0; i < Retrains; i++) CollectionAssert.AreEqual(expected[i], actual[i], $"retrain {i}");
        Assert.AreEqual(Retrains, PostgresServer.Number(connection, "select count(*) from cfd_result"));
        Assert.AreEqual(1, PostgresServer.Number(connection, "select count(distinct worker) from cfd_result"));

        // While the audit is there: where it leaves, slots that nobody asks may end.
        var shown = await SlotsShownAsync(http, slots => slots.Values.Sum() > 0);
        Assert.AreEqual(silo, shown.Keys.Single());
    }

    [TestMethod]
    public async Task Host_BesideAWorkerWithoutDashboard_ShowsBothAndTracesItself()
    {
        string connection = TestCluster.Database();
        using var worker = CfdProcess.StartWorker(connection);
        while (!worker.Output.Contains("has joined", StringComparison.Ordinal)) await Task.Delay(20);
        using var host = StartHost("--cluster", connection, "--slots", "1", "--address", "127.0.0.1", "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = await AddressOf(host) };
        string silo = await SiloAsync(http);
        await using var executor = await ConnectAsync(connection, slots: 2);
        await Answers(executor);
        var shown = await SlotsShownAsync(http, slots => slots.Count == 2 && slots[silo] > 0);
        Assert.AreEqual(0, shown.Single(slot => slot.Key != silo).Value, "it does not tell");
    }

    [TestMethod]
    public async Task Audit_LearnerOfItsRecipe_IsRefittedByIt()
    {
        string connection = TestCluster.Database();
        using var host = StartHost("--cluster", connection, "--slots", "2", "--address", "127.0.0.1", "--urls", "http://127.0.0.1:0");
        await AddressOf(host);
        await using var executor = await ConnectAsync(connection, slots: 2);
        Assert.AreEqual(Audit(null), Audit(executor));
        Assert.IsGreaterThan(0, executor.Answered);
    }

    [TestMethod]
    [DataRow("--slots", "2")]
    [DataRow("--cluster", "Host=127.0.0.1", "--slots", "many")]
    [DataRow("--cluster", "Host=127.0.0.1", "--address", "here")]
    public void Host_ArgumentsThatAreMissingOrWrong_TellsItsUse(params string[] arguments)
    {
        using var host = StartHost(arguments);
        Assert.AreEqual(2, host.WaitForExit());
        Assert.Contains("ClusterHost --cluster", host.Output);
    }

    private static CfdProcess StartHost(params string[] arguments) => CfdProcess.StartProgram(
        Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("tests", "Cfd.MLNet.Orleans.Tests"), Path.Combine("examples", "ClusterHost"), StringComparison.Ordinal), "ClusterHost.dll"), arguments);

    /// <summary>Waits until it listens, which it does once it has joined.</summary>
    private static async Task<Uri> AddressOf(CfdProcess host)
    {
        for (int wait = 0; wait < 600; wait++, await Task.Delay(100))
        {
            if (Listening().Match(host.Output) is { Success: true } match) return new Uri(match.Groups[1].Value);
        }

        throw new TimeoutException(host.Output);
    }

    private static async Task<string> SiloAsync(HttpClient http)
    {
        using var health = JsonDocument.Parse(await http.GetStringAsync("health"));
        Assert.AreEqual("Active", health.RootElement.GetProperty("status").GetString());
        return health.RootElement.GetProperty("silo").GetString()!;
    }

    /// <summary>Who has slots by the dashboard, and how many calls of theirs it has traced; what it shows is refreshed each second.</summary>
    private static async Task<Dictionary<string, long>> SlotsShownAsync(HttpClient http, Func<Dictionary<string, long>, bool> isEnough)
    {
        string text = "";
        for (int wait = 0; wait < 100; wait++, await Task.Delay(100))
        {
            using var counters = JsonDocument.Parse(text = await http.GetStringAsync("dashboard/DashboardCounters"));
            var slots = counters.RootElement.GetProperty("simpleGrainStats").EnumerateArray()
                .Where(grain => grain.GetProperty("grainType").GetString() == "Cfd.MLNet.Orleans.Workers.SlotGrain")
                .ToDictionary(grain => grain.GetProperty("siloAddress").GetString()!, grain => grain.GetProperty("totalCalls").GetInt64());
            string[] there = [.. counters.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("siloAddress").GetString()!)];
            if (!isEnough(slots)) continue;
            CollectionAssert.IsSubsetOf(slots.Keys, there);
            return slots;
        }

        throw new TimeoutException(text);
    }

    private static async Task<ClusterRetrainExecutor> ConnectAsync(string connection, int slots)
    {
        var executor = await CounterfactualCluster.ConnectAsync(new() { ConnectionString = connection, Address = IPAddress.Loopback });
        await executor.WaitForSlotsAsync(slots);
        return executor;
    }

    private static async Task<float[][]> Answers(IRetrainExecutor executor)
    {
        float[][] answers = new float[Retrains][];
        RetrainRequest[] requests = [.. Enumerable.Range(0, Retrains).Select(each => RetrainRequest.Parse($"{each}"))];
        await foreach (var answer in executor.ExecuteAsync(Packages.Small(), requests, CancellationToken.None)) answers[answer.Index] = answer.Logits!;
        return answers;
    }

    private static string Audit(IRetrainExecutor? executor)
    {
        var context = new MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(each => Applicant.Preparation(each)
            .Append(each.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 20, NumberOfThreads = 1 }))).WithRecipe("trees");
        var report = catalog.Audit(
            learner, context.Data.LoadFromEnumerable(Applicant.Draw(160)), context.Data.LoadFromEnumerable(Applicant.Draw(8, seed: 2)),
            new() { ProtectedColumnName = "Sex", Budget = FlipBudget.OfRows(1), Schedule = Schedule.Adaptive(maxRetrains: 20), Evidence = EvidenceOptions.Off, Executor = executor }).Report;
        Assert.IsGreaterThan(0, report.Summary.UniqueRetrains);
        return TestCluster.Comparable(report);
    }

    [GeneratedRegex(@"Now listening on: (http\S+)")]
    private static partial Regex Listening();
}
