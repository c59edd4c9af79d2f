using Cfd.MLNet.Orleans.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cfd.MLNet.Orleans;

/// <summary>A cluster of workers around a PostgreSQL database, which holds who is there and what retrains came to.</summary>
public static class CounterfactualCluster
{
    /// <summary>Makes the database's tables where they are missing. Needs the right to create tables in its schema once; see docs/scale.md.</summary>
    /// <exception cref="IOException">The database cannot be used.</exception>
    /// <exception cref="InvalidDataException">Its schema is of another version.</exception>
    public static async Task PrepareAsync(ClusterSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var database = new ClusterDatabase(settings.ConnectionString);
        await using (database.ConfigureAwait(false)) await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Joins the cluster to have retrains run there.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="configureLogging">Where logs go; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up joining.</param>
    /// <exception cref="IOException">The database cannot be used.</exception>
    /// <exception cref="InvalidDataException">Its schema is of another version.</exception>
    public static async Task<ClusterRetrainExecutor> ConnectAsync(ClusterSettings settings, Action<ILoggingBuilder>? configureLogging = null, CancellationToken cancellationToken = default)
    {
        var host = await BuildAsync(settings, worker => worker.Slots = 0, configureLogging, cancellationToken).ConfigureAwait(false);
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return new ClusterRetrainExecutor(host, settings);
    }

    /// <summary>A worker, not started yet.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="configure">How much the worker gives; null for the defaults.</param>
    /// <param name="configureLogging">Where logs go; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up preparing.</param>
    /// <exception cref="IOException">The database cannot be used.</exception>
    /// <exception cref="InvalidDataException">Its schema is of another version.</exception>
    public static Task<IHost> CreateWorkerAsync(
        ClusterSettings settings, Action<WorkerOptions>? configure = null, Action<ILoggingBuilder>? configureLogging = null, CancellationToken cancellationToken = default)
        => BuildAsync(settings, configure, configureLogging, cancellationToken);

    /// <summary>Packages and results that the database holds, and the bytes of these.</summary>
    /// <exception cref="IOException">The database cannot be used.</exception>
    public static async Task<(long Packages, long Results, long Bytes)> CountAsync(ClusterSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var database = new ClusterDatabase(settings.ConnectionString);
        await using (database.ConfigureAwait(false)) return await database.CountAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IHost> BuildAsync(ClusterSettings settings, Action<WorkerOptions>? configure, Action<ILoggingBuilder>? configureLogging, CancellationToken cancellationToken)
    {
        await PrepareAsync(settings, cancellationToken).ConfigureAwait(false);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configureLogging?.Invoke(builder.Logging);
        builder.UseOrleans(silo => silo.UseCounterfactualCluster(settings, configure));
        return builder.Build();
    }
}
