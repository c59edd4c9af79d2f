using System.Globalization;
using System.Net;
using Cfd.MLNet.Orleans;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Orleans.Dashboard;

var builder = WebApplication.CreateBuilder(args);
var given = builder.Configuration;
IPAddress? address = null;
if (given["cluster"] is not { Length: > 0 } connection
    || !int.TryParse(given["slots"] ?? $"{Environment.ProcessorCount}", NumberStyles.None, CultureInfo.InvariantCulture, out int slots)
    || (given["address"] is { } text && !IPAddress.TryParse(text, out address)))
{
    Console.Error.WriteLine("""
        A worker of a cluster of audits, as `cfd worker`, with Orleans' dashboard at /dashboard and its state at /health.

        ClusterHost --cluster "Host=…" [--slots N] [--address IP] [--urls URL]

          --cluster "Host=…"  Npgsql's connection string of the PostgreSQL database that the cluster meets in.
          --slots N           Retrains at once, 0 for a dashboard alone. Default: one per processor.
          --address IP        The address under which the cluster reaches this process. Default: the machine's first.
          --urls URL          Where the dashboard is. Default: http://localhost:5000, which this machine alone reaches.
        """);
    return 2;
}

var settings = new ClusterSettings { ConnectionString = connection, Address = address };
try
{
    await CounterfactualCluster.PrepareAsync(settings);
}
catch (Exception unfit) when (unfit is IOException or InvalidDataException or ArgumentException)
{
    Console.Error.WriteLine($"Error: {unfit.Message}");
    return 1;
}

builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
builder.UseOrleans(silo =>
{
    silo.UseCounterfactualCluster(settings, worker =>
    {
        worker.Slots = slots;
        // For audits of cfd.Learners.Estimator(… the same trainer …).WithRecipe("trees").
        worker.Recipes.Add("trees", (context, _, _) => context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 20, NumberOfThreads = 1 }));
    });
    silo.AddDashboard();
    // Else it turns traces on in one process after the other, and stops at the first that has no dashboard.
    silo.Configure<GrainProfilerOptions>(profiler => profiler.TraceAlways = true);
});

var app = builder.Build();
app.MapOrleansDashboard("/dashboard");
app.MapGet("/health", (ISiloStatusOracle silos) =>
    Results.Json(new { status = $"{silos.CurrentStatus}", silo = silos.SiloAddress.ToParsableString() }, statusCode: silos.CurrentStatus == SiloStatus.Active ? 200 : 503));
await app.RunAsync();
return 0;
