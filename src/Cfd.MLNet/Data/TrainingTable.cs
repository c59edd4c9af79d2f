namespace Cfd.MLNet.Data;

/// <summary>
/// Training data as arrays, X stored once. Rows [0, <see cref="Rows"/>) are the training part, whose labels may flip; validation
/// rows are apart. Immutable after reading; thread-safe.
/// </summary>
internal sealed record TrainingTable
{
    /// <summary>X of the training part, [Rows, features].</summary>
    public required FeatureMatrix Features { get; init; }

    /// <summary>0 or 1 a row of the training part.</summary>
    public required float[] Labels { get; init; }

    /// <summary>X of the validation rows; no rows where training does not stop early.</summary>
    public required FeatureMatrix ValidationFeatures { get; init; }

    public required float[] ValidationLabels { get; init; }

    /// <summary>Whether the validation rows were set aside from the view given to Fit, rather than given as a view of their own.</summary>
    public required bool ValidationIsPartOfView { get; init; }

    /// <summary>Position of each row of the training part in the view given to Fit, ascending.</summary>
    public required long[] Positions { get; init; }

    /// <summary>Group of each row of the training part; empty where no protected column was named.</summary>
    public required int[] Groups { get; init; }

    public required GroupNames GroupNames { get; init; }

    /// <summary>The user's id of each row of the training part, or null where no id column was named.</summary>
    public required string[]? RowIds { get; init; }

    /// <summary>Group of each validation row set aside from the view given to Fit, or null without a protected column.</summary>
    public required string[]? HeldOutGroups { get; init; }

    /// <summary>The user's id of each validation row set aside from the view given to Fit, or null without an id column.</summary>
    public required string[]? HeldOutIds { get; init; }

    /// <summary>What kind of column the groups were read from.</summary>
    public required GroupSource GroupSource { get; init; }

    /// <summary>One name a feature slot.</summary>
    public required string[] FeatureNames { get; init; }

    /// <summary>Whether features may be NaN or infinite: the learner takes them as they are.</summary>
    public bool MayMissFeatures { get; init; }

    public required LabelValues LabelValues { get; init; }

    /// <summary>Names of the columns the table was read from.</summary>
    public required TableColumns Columns { get; init; }

    /// <summary>Rows of the training part: the n of the method.</summary>
    public int Rows => Labels.Length;

    /// <summary>The rows of the training part at these positions of the view given to Fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row, or a validation row, whose label does not flip.</exception>
    public int[] RowsAt(IEnumerable<long> positions) => [.. positions.Select(position =>
        Array.BinarySearch(Positions, position) is var row and >= 0 ? row : throw new ArgumentOutOfRangeException(
            nameof(positions), position, $"Position {position} is no row of the training part (validation rows do not flip); it has {Rows} rows at positions {Positions[0]} to {Positions[^1]}."))];
}
