using System.Net;
using System.Net.Sockets;
using Cfd.MLNet.Orleans.Storage;
using Cfd.MLNet.Orleans.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Cfd.MLNet.Orleans;

/// <summary>Makes any Orleans host a worker.</summary>
public static class CounterfactualDatasetsSiloExtensions
{
    /// <summary>A batch may take long; whether a worker is alive is told by probes, not by this.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromHours(2);

    /// <summary>A larger answer would be lost without a word.</summary>
    private const int MostMessageBytes = 1 << 30;

    /// <summary>
    /// Lets the host meet the workers and audits of a cluster in its database, as the command line's do, and adds slots. The database's schema must be there:
    /// call <see cref="CounterfactualCluster.PrepareAsync"/> first.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="settings">The cluster.</param>
    /// <param name="configure">How much the worker gives; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is missing or lies outside of its range.</exception>
    public static ISiloBuilder UseCounterfactualCluster(this ISiloBuilder builder, ClusterSettings settings, Action<WorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        builder.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", settings.ConnectionString));
        builder.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = settings.ClusterId);
        builder.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = settings.ProbeTimeout;
            options.MaxProbeTimeout = settings.ProbeTimeout;
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            // Else a process whose clock is ahead takes those that join for stale, and throws them out.
            options.EvictWhenMaxJoinAttemptTimeExceeded = false;
        });
        builder.Configure<SiloMessagingOptions>(options => (options.ResponseTimeout, options.SystemResponseTimeout, options.MaxMessageBodySize) = (ResponseTimeout, TimeSpan.FromSeconds(30), MostMessageBytes));
        int port = settings.Port == 0 ? FreePort() : settings.Port;
        if (settings.Address is { } address) builder.ConfigureEndpoints(address, port, gatewayPort: 0, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        else builder.ConfigureEndpoints(port, gatewayPort: 0);
        return builder.UseCounterfactualDatasets(worker =>
        {
            worker.ConnectionString = settings.ConnectionString;
            configure?.Invoke(worker);
        });
    }

    /// <summary>
    /// Adds slots on which the retrains of audits run. How the host clusters is its own business; the audit joins the same cluster. The database's schema
    /// must be there: <see cref="CounterfactualCluster"/> makes it.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Names the database, and how much the worker gives.</param>
    public static ISiloBuilder UseCounterfactualDatasets(this ISiloBuilder builder, Action<WorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<WorkerOptions>().Configure(configure)
            .Validate(options => options.Slots is >= 0 and <= 1024, "Slots must be 0 to 1024.")
            .Validate(options => !string.IsNullOrWhiteSpace(options.ConnectionString), "ConnectionString is empty; name the database that holds packages and results.")
            .ValidateOnStart();
        builder.Services.AddSingleton(services => new ClusterDatabase(services.GetRequiredService<IOptions<WorkerOptions>>().Value.ConnectionString));
        builder.Services.AddSingleton(services => new WorkerPackages(
            services.GetRequiredService<ClusterDatabase>(), services.GetRequiredService<IOptions<WorkerOptions>>().Value.PackageBytes));
        builder.Services.AddPlacementDirector<SlotPlacement, SlotPlacementDirector>();
        return builder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
