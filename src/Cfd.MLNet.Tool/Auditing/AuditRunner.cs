using System.Globalization;
using Cfd.MLNet.Orleans;
using Cfd.MLNet.Tool.Demos;
using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;
using Cfd.MLNet.Tool.Views;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>Loads what is to be audited and runs the library on it.</summary>
internal sealed class AuditRunner(AuditSettings settings)
{
    private const int PaysFromMilliseconds = 50;

    /// <summary>After which it is said that a worker is waited for.</summary>
    private static readonly TimeSpan WaitInSilence = TimeSpan.FromSeconds(2);

    private readonly MLContext _context = new(settings.Seed);

    /// <summary>What the cluster did; null without one.</summary>
    public string? ClusterRemark { get; private set; }

    /// <summary>The user's table as understood; null for data of our own.</summary>
    public AuditTable? Table { get; private set; }

    /// <summary>Reads the data; trains nothing.</summary>
    /// <exception cref="ArgumentException">A value does not fit.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or has too little left.</exception>
    public AuditPlan Plan(Action<UnderstoodTable> understood)
    {
        AuditInput input;
        if (settings.Files is { } files)
        {
            var table = UnderstoodTable.Read(files);
            understood(table);
            Table = new AuditTable(table, files.Columns);
            input = FileSource.Create(_context, Table, settings);
        }
        else
        {
            input = settings.Dataset is { } name ? PublicSource.Create(_context, name, settings.DataDirectory, settings.Seed) : DemoCatalog.Create(_context, settings.Demo!, settings.Seed);
        }

        return AuditPlan.Create(_context, input, settings);
    }

    /// <summary>Trains and searches.</summary>
    public AuditResults Run(AuditPlan plan, ProgressView progress, CancellationToken cancellationToken)
    {
        var cfd = _context.CounterfactualDatasets();
        var learner = Learners.Create(cfd, plan);
        if (settings.Cluster is not { } cluster) return new AuditResults(plan, progress.Run(observer => cfd.Audit(learner, plan.Input.Train, plan.Test, plan.Options, observer, cancellationToken)));
        var executor = CounterfactualCluster.ConnectAsync(cluster, cancellationToken: cancellationToken).GetAwaiter().GetResult();
        try
        {
            var worker = executor.WaitForSlotsAsync(1, cancellationToken);
            if (Task.WhenAny(worker, Task.Delay(WaitInSilence, cancellationToken)).GetAwaiter().GetResult() != worker)
                progress.Tell($"No worker of cluster '{cluster.ClusterId}' is there yet; the audit waits for one, up to {cluster.WaitForWorkers.TotalSeconds:0} seconds.");
            worker.GetAwaiter().GetResult();
            var options = plan.Options with { Executor = executor };
            var run = progress.Run(observer => cfd.Audit(learner, plan.Input.Train, plan.Test, options, observer, cancellationToken));
            ClusterRemark = RemarkOf(executor);
            return new AuditResults(plan, run);
        }
        finally
        {
            executor.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static string RemarkOf(ClusterRetrainExecutor executor)
    {
        double milliseconds = executor.TrainingTime.TotalMilliseconds / Math.Max(1, executor.Answered);
        string counts = $"The cluster answered {Shown.Counted(executor.Answered, "training")} on {Shown.Counted(executor.Slots, "slot")}; known from before: {Shown.Count(executor.Known)}; given to a second slot: {Shown.Count(executor.Repeated)}.";
        return milliseconds >= PaysFromMilliseconds ? counts
            : string.Create(CultureInfo.InvariantCulture, $"{counts} A training takes {milliseconds:0.#} ms here: below about {PaysFromMilliseconds} ms a cluster costs more than it gives, unless there are very many.");
    }
}
