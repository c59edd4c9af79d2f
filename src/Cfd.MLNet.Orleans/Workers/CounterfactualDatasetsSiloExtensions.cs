using Cfd.MLNet.Orleans.Storage;
using Cfd.MLNet.Orleans.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cfd.MLNet.Orleans;

/// <summary>Makes any Orleans host a worker.</summary>
public static class CounterfactualDatasetsSiloExtensions
{
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
}
