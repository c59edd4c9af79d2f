using Microsoft.Extensions.Logging;

namespace Cfd.MLNet.Orleans;

/// <summary>What a cluster writes into logs.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(LogLevel.Error, "Work of package {Package} cannot be done: {Reason}")]
    public static partial void WorkImpossible(this ILogger log, string package, string reason);

    [LoggerMessage(LogLevel.Debug, "{Silo} does not say what it is.")]
    public static partial void WorkerSilent(this ILogger log, Exception failure, string silo);

    [LoggerMessage(LogLevel.Warning, "This machine's clock is {Seconds} s ahead of the database's. Retrains do not mind, but set it right: who is there is noted by the time.")]
    public static partial void ClockDiffers(this ILogger log, double seconds);

    [LoggerMessage(LogLevel.Warning, "Worker {Name} is of version {Version} and is left out.")]
    public static partial void WorkerMisfit(this ILogger log, string name, string version);

    [LoggerMessage(LogLevel.Information, "Worker {Name} with {Slots} slots has joined.")]
    public static partial void WorkerJoined(this ILogger log, string name, int slots);

    [LoggerMessage(LogLevel.Warning, "{Silo} did not do {Count} of what it was asked for; others do it. {Reason}")]
    public static partial void WorkGivenBack(this ILogger log, string silo, int count, string reason);
}
