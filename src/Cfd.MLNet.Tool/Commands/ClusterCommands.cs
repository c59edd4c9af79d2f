using System.CommandLine;
using Cfd.MLNet.Orleans;
using Cfd.MLNet.Tool.Auditing;
using Cfd.MLNet.Tool.Reading;
using Microsoft.Extensions.Logging;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>Works for the audits of a cluster, or tells how the cluster is.</summary>
internal static class ClusterCommands
{
    /// <summary>Gives this machine's cores until it is stopped.</summary>
    public static async Task<int> WorkAsync(ParseResult line, ClusterSettings cluster, int? slots, CancellationToken cancellationToken)
    {
        var output = line.InvocationConfiguration.Output;
        return await RunAsync(line, async () =>
        {
            int count = slots ?? Environment.ProcessorCount;
            void Configure(WorkerOptions worker)
            {
                worker.Slots = count;
                Learners.AddTo(worker.Recipes);
            }

            using var host = await CounterfactualCluster.CreateWorkerAsync(
                cluster, Configure, logging => logging.AddFilter("Orleans", LogLevel.Critical).AddSimpleConsole(console => console.SingleLine = true), cancellationToken);
            await host.StartAsync(cancellationToken);
            await output.WriteLineAsync($"Worker {Environment.MachineName}/{Environment.ProcessId} with {Shown.Counted(count, "slot")} has joined cluster {cluster.ClusterId}.");
            await output.FlushAsync(CancellationToken.None);
            await CounterfactualCluster.WaitForShutdownAsync(host, cancellationToken);
        });
    }

    /// <summary>Tells who is there and what is kept.</summary>
    public static async Task<int> StatusAsync(ParseResult line, ClusterSettings cluster, CancellationToken cancellationToken)
    {
        var output = line.InvocationConfiguration.Output;
        return await RunAsync(line, async () =>
        {
            await using var executor = await CounterfactualCluster.ConnectAsync(cluster, cancellationToken: cancellationToken);
            for (int wait = 0; wait < 50 && executor.Workers.Count == 0; wait++) await Task.Delay(100, cancellationToken);
            var (packages, results, bytes) = await CounterfactualCluster.CountAsync(cluster, cancellationToken);
            await output.WriteLineAsync($"Cluster {cluster.ClusterId}: {Shown.Counted(executor.Workers.Count, "worker")} with {Shown.Counted(executor.Slots, "slot")}.");
            foreach (string worker in executor.Workers) await output.WriteLineAsync($"  {worker}");
            await output.WriteLineAsync($"Database: {Shown.Counted(packages, "package")}, {Shown.Counted(results, "result")} of {Shown.Count(bytes >> 20)} MB.");
        });
    }

    private static async Task<int> RunAsync(ParseResult line, Func<Task> run)
    {
        try
        {
            await run();
            return CommandLine.ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            return CommandLine.ExitCodes.Cancelled;
        }
        catch (Exception unfit) when (CommandLine.ErrorText.IsExpected(unfit))
        {
            await line.InvocationConfiguration.Error.WriteLineAsync($"Error: {CommandLine.ErrorText.Of(unfit)}");
            return CommandLine.ExitCodes.Failed;
        }
    }
}
