using System.Net;
using System.Reflection;
using Npgsql;

namespace Cfd.MLNet.Orleans;

/// <summary>How a process takes part in a cluster. Immutable.</summary>
public sealed record ClusterSettings
{
    /// <summary>
    /// Of the PostgreSQL database (12 or later) that holds membership and results, as Npgsql takes it: "Host=db;Database=cfd;Username=cfd;…". Settings of TLS
    /// and authentication (SSL Mode, Root Certificate, Passfile, …) are handed on as they are.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>Processes with the same name in the same database are one cluster. Default: "cfd".</summary>
    public string ClusterId { get; init; } = "cfd";

    /// <summary>
    /// After how long without an answer a probe of another process counts as missed, 0.5 s to 60 s. A process that is gone is known to be so after a few of them.
    /// Default: 5 s.
    /// </summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The address under which the others reach this process. Default: null, the machine's first address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port under which the others reach this process; 0 for any free one. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>How long an audit waits for a worker before it gives up. Default: 2 minutes.</summary>
    public TimeSpan WaitForWorkers { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a batch of retrains, what a slot is asked for at once, is to take, 0.01 s to 60 s: the longer, the less each retrain costs beside its training,
    /// and the more is lost with a worker. Default: 0.5 s.
    /// </summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromSeconds(0.5);

    internal static string Version { get; } = typeof(WorkPackage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <exception cref="ArgumentException">A value is missing or lies outside of its range.</exception>
    internal void Validate()
    {
        RequireConnection();
        ArgumentException.ThrowIfNullOrWhiteSpace(ClusterId);
        if (ProbeTimeout < TimeSpan.FromSeconds(0.5) || ProbeTimeout > TimeSpan.FromSeconds(60))
            throw new ArgumentOutOfRangeException(nameof(ProbeTimeout), ProbeTimeout, $"ProbeTimeout is {ProbeTimeout}; allowed is 0.5 to 60 seconds.");
        if (BatchTime < TimeSpan.FromSeconds(0.01) || BatchTime > TimeSpan.FromSeconds(60))
            throw new ArgumentOutOfRangeException(nameof(BatchTime), BatchTime, $"BatchTime is {BatchTime}; allowed is 0.01 to 60 seconds.");
        if (Port is < 0 or > 65535) throw new ArgumentOutOfRangeException(nameof(Port), Port, $"Port is {Port}; allowed is 0 to 65535.");
    }

    private void RequireConnection()
    {
        string misfit;
        try
        {
            if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(ConnectionString).Host)) return;
            misfit = "it names no Host";
        }
        catch (ArgumentException failure)
        {
            misfit = failure.Message.TrimEnd('.');
        }

        throw new ArgumentException($"The connection string of the cluster's database cannot be used: {misfit}. Write it as \"Host=…;Database=…;Username=…\".");
    }
}
