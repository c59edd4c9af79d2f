using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Cfd.MLNet.Orleans;
using Cfd.MLNet.Orleans.Tests;
using FairnessDatasets;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// What a cluster costs beside the training: <c>-- cluster german 20000 3 0.02,0.2,0.5,2</c>, that is set, retrains, worker processes of one slot and seconds a batch,
/// on loopback around a database of its own. CPU time of all processes, held against the same retrains in this process on as many slots. Workers that have just started
/// still compile; so each table has a line for their first retrains and one for as many more.
/// </summary>
internal static class ClusterCommand
{
    public const string WorkerArgument = "cluster-worker";

    public static int Run(string[] arguments)
    {
        if (arguments is not [var set, var retrains, var workers, var seconds] || PostgresServer.Programs is null)
        {
            Console.Error.WriteLine("Usage: -- cluster SET RETRAINS WORKERS BATCH-SECONDS, e.g. german 20000 3 0.02,0.2,0.5,2. Needs PostgreSQL's programs.");
            return 1;
        }

        var package = PackageOf(set);
        int count = int.Parse(retrains);
        RetrainRequest[] RequestsFrom(int first) => [.. Enumerable.Range(first, count).Select(each => RetrainRequest.Parse($"{each % package.TrainingRows}@s{each / package.TrainingRows}"))];
        var requests = RequestsFrom(0);
        var before = Cpu(Environment.ProcessId);
        float[][] here = Execute(new LocalRetrainExecutor(int.Parse(workers)), package, requests);
        var training = Cpu(Environment.ProcessId) - before;
        Console.WriteLine($"{set}: {requests.Length} retrains of {training.TotalMilliseconds / requests.Length:F2} ms, package of {package.Bytes.Length >> 10} kB, {package.AskedRows} rows asked about.");
        Console.WriteLine("| batch, s | workers | seconds | client, ms a retrain | workers beyond training | PostgreSQL | overhead | equal |");
        Console.WriteLine("| --: | --- | --: | --: | --: | --: | --: | --: |");
        foreach (string batch in seconds.Split(',')) Measure(package, requests, RequestsFrom(count), here, training, int.Parse(workers), double.Parse(batch));
        return 0;
    }

    /// <summary>A worker process.</summary>
    public static int Work(string connection)
    {
        using var host = CounterfactualCluster.CreateWorkerAsync(Settings(connection), worker => worker.Slots = 1).GetAwaiter().GetResult();
        host.Run();
        return 0;
    }

    private static void Measure(WorkPackage package, RetrainRequest[] requests, RetrainRequest[] more, float[][] here, TimeSpan training, int workers, double seconds)
    {
        using var server = PostgresServer.Start();
        string connection = server.CreateDatabase();
        Process[] processes = [.. Enumerable.Range(0, workers).Select(_ => Process.Start("dotnet", [typeof(ClusterCommand).Assembly.Location, WorkerArgument, connection]))];
        try
        {
            var executor = CounterfactualCluster.ConnectAsync(Settings(connection) with { BatchTime = TimeSpan.FromSeconds(seconds) }).GetAwaiter().GetResult();
            executor.WaitForSlotsAsync(workers).GetAwaiter().GetResult();
            float[][] there = Round("fresh", requests);
            int equal = Enumerable.Range(0, here.Length).Count(each => here[each].AsSpan().SequenceEqual(there[each]));
            Console.WriteLine($"{equal} |");
            Round("warm", more);
            Console.WriteLine(" |");
            executor.DisposeAsync().AsTask().GetAwaiter().GetResult();

            float[][] Round(string name, RetrainRequest[] asked)
            {
                var (client, others, database) = (Cpu(Environment.ProcessId), CpuOf(processes), server.Cpu());
                long started = Stopwatch.GetTimestamp();
                float[][] answers = Execute(executor, package, asked);
                double elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
                (client, others, database) = (Cpu(Environment.ProcessId) - client, CpuOf(processes) - others - training, server.Cpu() - database);
                Console.Write($"| {seconds} | {name} | {elapsed:F0} | {Each(client)} | {Each(others)} | {Each(database)} | {(client + others + database) / training:P1} | ");
                return answers;
            }

            string Each(TimeSpan time) => $"{time.TotalMilliseconds / requests.Length:F3}";
        }
        finally
        {
            foreach (var process in processes)
            {
                process.Kill();
                process.WaitForExit();
                process.Dispose();
            }
        }
    }

    private static ClusterSettings Settings(string connection) => new() { ConnectionString = connection, Address = IPAddress.Loopback };

    private static float[][] Execute(IRetrainExecutor executor, WorkPackage package, RetrainRequest[] requests)
    {
        return Run().GetAwaiter().GetResult();

        async Task<float[][]> Run()
        {
            var logits = new float[requests.Length][];
            await foreach (var answer in executor.ExecuteAsync(package, requests, CancellationToken.None)) logits[answer.Index] = answer.Logits!;
            return logits;
        }
    }

    private static TimeSpan CpuOf(Process[] processes) => processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + Cpu(process.Id));

    private static TimeSpan Cpu(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime;
    }

    /// <summary>What an audit of the set would send.</summary>
    private static WorkPackage PackageOf(string set)
    {
        var data = FairnessDatasetCatalog.Load(set);
        var context = new MLContext(1);
        var (train, validation, test) = data.Split(1);
        var catalog = context.CounterfactualDatasets();
        var sent = new Sent();
        var options = new AuditOptions { LabelColumnName = FairnessDataset.LabelColumn, ProtectedColumnName = data.ProtectedColumn, Executor = sent };
        using var prepared = catalog.PrepareAudit(
            catalog.Learners.ReluNetwork(data.Preparation(context), new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs }, validation),
            train, context.Data.TakeRows(test, 200), options);
        _ = prepared.Scores([0]);
        return sent.Package!;
    }

    /// <summary>Keeps the package.</summary>
    private sealed class Sent : IRetrainExecutor
    {
        public WorkPackage? Package { get; private set; }

        public int Width => 1;

        public async IAsyncEnumerable<RetrainAnswer> ExecuteAsync(WorkPackage package, IReadOnlyList<RetrainRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Package = package;
            await foreach (var answer in new LocalRetrainExecutor(1).ExecuteAsync(package, requests, cancellationToken)) yield return answer;
        }
    }
}
