namespace Cfd.MLNet.Orleans;

/// <summary>What a worker gives. Immutable but for configuration.</summary>
public sealed class WorkerOptions
{
    /// <summary>Of the database that holds packages and results; as a rule that of the cluster.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Retrains at once, 0 to 1024; 0 for a process that only asks. Default: one per processor.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>Bytes of packages that are kept in memory, the least recently used going first. The one in use is always kept. Default: 1 GB.</summary>
    public long PackageBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Pipelines that this worker refits for audits whose learner has the name by <see cref="Learner.WithRecipe"/>. Our own network needs none. Default: none.
    /// </summary>
    public LearnerRecipes Recipes { get; } = new();

    /// <summary>By which name results are accounted for. Default: machine and process.</summary>
    public string Name { get; set; } = $"{Environment.MachineName}/{Environment.ProcessId}";
}
