using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cfd.MLNet.Orleans;

/// <summary>What a cluster tells of itself, under the name "Cfd.MLNet.Orleans".</summary>
internal static class ClusterMeters
{
    private const string Name = "Cfd.MLNet.Orleans";

    private static readonly Meter Meter = new(Name, ClusterSettings.Version);

    /// <summary>Traces: a batch on a worker, a batch as the audit sees it.</summary>
    public static ActivitySource Activities { get; } = new(Name, ClusterSettings.Version);

    public static Counter<long> Retrains { get; } = Meter.CreateCounter<long>("cfd.retrains", "{retrain}", "Retrains done by this worker.");

    public static Counter<long> Walks { get; } = Meter.CreateCounter<long>("cfd.walks", "{walk}", "Walks back over a training, for rankings, done by this worker.");

    public static Counter<double> RetrainSeconds { get; } = Meter.CreateCounter<double>("cfd.retrain.time", "s", "Core time of the retrains done by this worker.");

    public static Counter<long> Known { get; } = Meter.CreateCounter<long>("cfd.retrains.known", "{retrain}", "Retrains asked for that the database knew already.");

    public static Counter<long> ResultBytes { get; } = Meter.CreateCounter<long>("cfd.result.size", "By", "Bytes of logits written by this worker.");

    public static Counter<long> Retries { get; } = Meter.CreateCounter<long>("cfd.retries", "{retrain}", "Retrains and walks that this audit gave to another slot because the first one did not do them.");
}
