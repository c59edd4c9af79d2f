using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>
/// What all kinds of data have in common: the three parts, how they become features, what the columns mean, and the
/// settings an audit has unless the command line says otherwise. Immutable.
/// </summary>
internal sealed record AuditInput
{
    /// <summary>Name of the feature column that <see cref="Preparation"/> adds to generated data.</summary>
    public const string Features = "#features";

    /// <summary>How many held-out rows the paper explains of a data set, at most; our default, too.</summary>
    public const int PaperRows = 200;

    /// <summary>What the data are, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>Whole sentences about where the data come from and what was left out.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Raw rows; only their labels may flip.</summary>
    public required IDataView Train { get; init; }

    /// <summary>Raw rows that decide when training stops.</summary>
    public required IDataView Validation { get; init; }

    /// <summary>Raw held-out rows; the audit takes its rows from them.</summary>
    public required IDataView Test { get; init; }

    /// <summary>The held-out rows that are audited, where they are drawn by group; null: the first ones.</summary>
    public IDataView? AuditedTest { get; init; }

    /// <summary>How <see cref="AuditedTest"/> was drawn, or null.</summary>
    public string? DrawRemark { get; init; }

    /// <summary>Unfitted: raw rows in, features out.</summary>
    public required IEstimator<ITransformer> Preparation { get; init; }

    /// <summary>Name of the feature column that <see cref="Preparation"/> adds.</summary>
    public string FeatureColumn { get; init; } = Features;

    /// <summary>Boolean column.</summary>
    public required string LabelColumn { get; init; }

    /// <summary>Text column with the groups of the protected attribute.</summary>
    public required string ProtectedColumn { get; init; }

    /// <summary>Feature slots of the protected attribute; null where they are called like its column.</summary>
    public IReadOnlyList<string>? ProtectedSlots { get; init; }

    /// <summary>Text column by which rows are named.</summary>
    public required string RowIdColumn { get; init; }

    /// <summary>What a row's name is, before the name, e.g. "applicant" or "line".</summary>
    public required string RowIdWord { get; init; }

    /// <summary>Columns of the raw rows that become features, the protected one first; each a number or a text.</summary>
    public required IReadOnlyList<string> FeatureSources { get; init; }

    /// <summary>The outcome of a true label, e.g. "hired".</summary>
    public required string Positive { get; init; }

    /// <summary>The outcome of a false label, e.g. "turned down".</summary>
    public required string Negative { get; init; }

    /// <summary>Which training labels are known to be wrong, or null where nobody knows.</summary>
    public PlantedRows? Planted { get; init; }

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [32, 32];

    /// <summary>Bound of passes over the training rows.</summary>
    public int MaxEpochs { get; init; } = 200;

    /// <summary>m.</summary>
    public FlipBudget Budget { get; init; } = FlipBudget.Default;

    /// <summary>Why this budget.</summary>
    public string BudgetRemark { get; init; } = "the library's default";

    /// <summary>Networks whose mean decides.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>Level of evidence, one of <see cref="SearchNames.Evidence"/>.</summary>
    public string Evidence { get; init; } = "quick";

    /// <summary>The word for an outcome.</summary>
    public string Outcome(bool label) => label ? Positive : Negative;
}

/// <summary>Labels known to be wrong, and whom they wronged.</summary>
/// <param name="Column">Boolean column, not among the features.</param>
/// <param name="Group">The group of the protected attribute that was wronged, by a negative label.</param>
internal sealed record PlantedRows(string Column, string Group);
