namespace Audit.Csv;

/// <summary>What the command line says of the user's file. Immutable.</summary>
internal sealed record CsvSettings
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Column with the outcome.</summary>
    public required string Label { get; init; }

    /// <summary>Which values of the label are the positive outcome.</summary>
    public required string Positive { get; init; }

    /// <summary>Column with the protected attribute.</summary>
    public required string Protected { get; init; }

    /// <summary>Values that form a group against the rest; empty: each value is a group.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Names of the columns of a file without a header; empty: the first line names them.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Between two fields.</summary>
    public string Separator { get; init; } = ",";

    /// <summary>Values that mean "missing", beside the empty one.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
