using Cfd.MLNet.Tool.Reading;


namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>What the command line asks for; null where it leaves the choice to the data. Immutable.</summary>
internal sealed record AuditSettings
{
    /// <summary>The user's file.</summary>
    public CsvSettings? Csv { get; init; }

    /// <summary>A public data set.</summary>
    public string? Dataset { get; init; }

    /// <summary>Where the public data sets lie.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>What is trained.</summary>
    public required LearnerKind Learner { get; init; }

    /// <summary>How many held-out rows to audit.</summary>
    public int? Rows { get; init; }

    /// <summary>m.</summary>
    public FlipBudget? Budget { get; init; }

    /// <summary>Which flip sets are tried.</summary>
    public AttemptSchedule? Schedule { get; init; }

    /// <summary>How training rows are ranked.</summary>
    public required RankingMethod Ranking { get; init; }

    /// <summary>How the CFDs found are put to the test.</summary>
    public required EvidenceLevel Evidence { get; init; }

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int>? HiddenLayers { get; init; }

    /// <summary>Rows per step; null for the full batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Bound of passes over the training rows.</summary>
    public int? MaxEpochs { get; init; }

    /// <summary>Models trained at once.</summary>
    public int? MaxParallelism { get; init; }

    /// <summary>Decides split, initial weights, and random draws of the search.</summary>
    public required int Seed { get; init; }

    /// <summary>Where to write the report as a page.</summary>
    public string? Report { get; init; }

    /// <summary>Where to write the report as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>The journal of an audit that may be killed and started again.</summary>
    public string? Journal { get; init; }

    /// <summary>The largest share of answered rows with a counterfactual dataset that passes, in [0, 1].</summary>
    public double? FailAbove { get; init; }
}
