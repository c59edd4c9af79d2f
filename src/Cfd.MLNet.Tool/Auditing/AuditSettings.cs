using Cfd.MLNet.Orleans;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>What an audit is asked for; null where the choice is left to the data. Immutable.</summary>
internal sealed record AuditSettings
{
    /// <summary>The user's files; null for a public or a generated data set.</summary>
    public FileSettings? Files { get; init; }

    /// <summary>A public data set.</summary>
    public string? Dataset { get; init; }

    /// <summary>Where the public data sets lie.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>A generated data set, one of <see cref="Demos.DemoCatalog"/>.</summary>
    public string? Demo { get; init; }

    /// <summary>Whether the model does not see the protected attribute.</summary>
    public bool HideProtected { get; init; }

    /// <summary>What is trained, one of <see cref="Learners.ByName"/>.</summary>
    public string Learner { get; init; } = "relu";

    /// <summary>How many held-out rows to audit.</summary>
    public int? Rows { get; init; }

    /// <summary>m: a count, or a share with a percent sign.</summary>
    public string? Budget { get; init; }

    /// <summary>Which flip sets are tried, one of <see cref="SearchNames.Schedules"/>.</summary>
    public string? Schedule { get; init; }

    /// <summary>How training rows are ranked, one of <see cref="SearchNames.Rankings"/>.</summary>
    public string Ranking { get; init; } = "reaction";

    /// <summary>How the CFDs found are put to the test, one of <see cref="SearchNames.Evidence"/>; null: as the data have it.</summary>
    public string? Evidence { get; init; }

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int>? HiddenLayers { get; init; }

    /// <summary>Networks whose mean decides; null: as the data have it.</summary>
    public int? Networks { get; init; }

    /// <summary>Share of them that must agree; null for the library's default.</summary>
    public double? Agreement { get; init; }

    /// <summary>Rows per step; null for the full batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Bound of passes over the training rows.</summary>
    public int? MaxEpochs { get; init; }

    /// <summary>Models trained at once.</summary>
    public int? MaxParallelism { get; init; }

    /// <summary>Retrains of the schedule adaptive that are in flight at once; null for the library's default.</summary>
    public int? Window { get; init; }

    /// <summary>Where retrains run; null for this machine's cores.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary>Decides split, initial weights, and random draws of the search.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The journal of an audit that may be killed and started again.</summary>
    public string? Journal { get; init; }

    /// <summary>The largest share of answered rows with a counterfactual dataset that passes, in [0, 1].</summary>
    public double? FailAbove { get; init; }

    /// <summary>The largest share of answered rows with a counterfactual dataset that stands which passes, in [0, 1].</summary>
    public double? FailAboveStanding { get; init; }
}
