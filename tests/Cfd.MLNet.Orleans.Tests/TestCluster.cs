using System.Net;
using System.Text.RegularExpressions;
using Cfd.MLNet.Tests.Search.Retrains;

namespace Cfd.MLNet.Orleans.Tests;

/// <summary>What cluster tests share: a database server, and retrains whose answers are known.</summary>
[TestClass]
public static class TestCluster
{
    /// <summary>How many there are.</summary>
    internal const int Retrains = 400;

    internal static readonly WorkPackage Package = Packages.Small(options: new NetworkOptions { HiddenLayers = [64, 64], MaxEpochs = 800, Patience = 800 });

    internal static readonly RetrainRequest[] Requests = [.. Enumerable.Range(0, Retrains).Select(each => RetrainRequest.Parse($"{each % 60}@s{each / 60}"))];

    private static readonly Lazy<float[][]> Expected = new(() => Answers(new LocalRetrainExecutor()).GetAwaiter().GetResult());

    private static readonly Lazy<PostgresServer?> s_server = new(() => PostgresServer.Programs is null ? null : PostgresServer.Start());

    internal static PostgresServer Server
    {
        get
        {
            if (s_server.Value is null) Assert.Inconclusive("PostgreSQL is not installed: no initdb on the path or in /usr/lib/postgresql.");
            return s_server.Value;
        }
    }

    [AssemblyCleanup]
    public static void StopServer()
    {
        if (s_server.IsValueCreated) s_server.Value?.Dispose();
    }

    /// <summary>The connection string of a database of a test's own.</summary>
    internal static string Database() => Server.CreateDatabase();

    /// <summary>The same on loopback, noticing soon who is gone.</summary>
    internal static ClusterSettings Settings(string connection) => new() { ConnectionString = connection, Address = IPAddress.Loopback, ProbeTimeout = TimeSpan.FromSeconds(1) };

    internal static async Task<ClusterRetrainExecutor> ConnectAsync(string connection, int slots)
    {
        var executor = await CounterfactualCluster.ConnectAsync(Settings(connection));
        await executor.WaitForSlotsAsync(slots);
        return executor;
    }

    internal static async Task<float[][]> Answers(IRetrainExecutor executor, Action? answered = null)
    {
        var answers = new float[Retrains][];
        await foreach (var answer in executor.ExecuteAsync(Package, Requests, CancellationToken.None))
        {
            answers[answer.Index] = answer.Logits!;
            answered?.Invoke();
        }

        return answers;
    }

    /// <summary>All answers are those of this process, and each is kept once.</summary>
    internal static void AssertRight(float[][] answers, string connection)
    {
        for (int i = 0; i < answers.Length; i++) CollectionAssert.AreEqual(Expected.Value[i], answers[i], $"retrain {Requests[i]}");
        Assert.AreEqual(Retrains, PostgresServer.Number(connection, "select count(*) from cfd_result"));
    }

    /// <summary>A report without where and when it was made.</summary>
    internal static string Comparable(string path) => Regex.Replace(File.ReadAllText(path), "\"(machine|started|duration|checksum)\": *\"[^\"]*\"", "");

    /// <summary>The same of a report that is in no file.</summary>
    internal static string Comparable(AuditReport report)
    {
        string path = Path.GetTempFileName();
        try
        {
            report.SaveJson(path);
            return Comparable(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
