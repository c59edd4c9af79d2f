using Cfd.MLNet.Orleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cfd.MLNet.Orleans;

/// <summary>A cluster of workers around a PostgreSQL database, which holds who is there and what retrains came to.</summary>
public static class CounterfactualCluster
{
    /// <summary>A clock further off is remarked.</summary>
    private static readonly TimeSpan LargestClockDifference = TimeSpan.FromSeconds(30);

    /// <summary>Makes the database's tables where they are missing. Needs the right to create tables in its schema once; see docs/scale.md.</summary>
    /// <exception cref="IOException">The database cannot be used.</exception>
    /// <exception cref="InvalidDataException">Its schema is of another version.</exception>
    public static Task PrepareAsync(ClusterSettings settings, CancellationToken cancellationToken = default) => ClockAfterPreparingAsync(settings, cancellationToken);

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

    /// <summary>Waits until a worker made by <see cref="CreateWorkerAsync"/>, and started, is stopped.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The others have declared it dead, as after a freeze; it is to be started again.</exception>
    public static async Task WaitForShutdownAsync(IHost worker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        var outcast = worker.Services.GetRequiredService<Outcast>();
        var end = worker.WaitForShutdownAsync(cancellationToken);
        if (await Task.WhenAny(end, outcast.Happened).ConfigureAwait(false) != end) throw Outcast.ToException();
        await end.ConfigureAwait(false);
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
        var clock = await ClockAfterPreparingAsync(settings, cancellationToken).ConfigureAwait(false);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configureLogging?.Invoke(builder.Logging);
        builder.UseOrleans(silo => silo.UseCounterfactualCluster(settings, configure));
        builder.Services.AddSingleton<Outcast>();
        builder.Services.AddSingleton<IFatalErrorHandler>(services => services.GetRequiredService<Outcast>());
        var host = builder.Build();
        if (clock.Duration() > LargestClockDifference) host.Services.GetRequiredService<ILogger<Outcast>>().ClockDiffers(Math.Round(clock.TotalSeconds));
        return host;
    }

    /// <summary>Makes the schema; how far this process's clock is ahead of the database's.</summary>
    private static async Task<TimeSpan> ClockAfterPreparingAsync(ClusterSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var database = new ClusterDatabase(settings.ConnectionString);
        await using (database.ConfigureAwait(false)) return await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }
}
