namespace Cfd.MLNet.Tool.Reading;

/// <summary>What the command line says of the form of a file; null where it leaves the choice to the file. Immutable.</summary>
internal sealed record FormSettings
{
    /// <summary>Between two fields: one character, or "tab".</summary>
    public string? Separator { get; init; }

    /// <summary>"." or ",".</summary>
    public string? Decimal { get; init; }

    /// <summary>Name of an encoding, e.g. "windows-1252".</summary>
    public string? Encoding { get; init; }

    /// <summary>The character that begins a comment line, or "none".</summary>
    public string? Comment { get; init; }

    /// <summary>"double", "single" or "none".</summary>
    public string? Quotes { get; init; }

    /// <summary>"first": the first line names the columns; "none": no line does.</summary>
    public string? Header { get; init; }

    /// <summary>Values that mean a missing one beside the usual ones, as written; with an empty one, in place of them.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Names of the columns of a file without a header line, as written.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>What the command line says of the columns. Immutable.</summary>
internal sealed record ColumnSettings
{
    /// <summary>Columns to read as categories.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Columns to read as numbers, whatever they look like.</summary>
    public IReadOnlyList<string> Number { get; init; } = [];

    /// <summary>Columns to read as dates, each with ":" and a format after its name where the format is not plain.</summary>
    public IReadOnlyList<string> Date { get; init; } = [];

    /// <summary>The column that names rows.</summary>
    public string? Id { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Column with the outcome.</summary>
    public string? Label { get; init; }

    /// <summary>Values of the label that are the positive outcome.</summary>
    public IReadOnlyList<string> Positive { get; init; } = [];

    /// <summary>Columns with protected attributes; several are crossed.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>Values that form a group against the rest; empty: each value is a group.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Values that differ only in case are one.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Missing features are filled in place of dropping their rows.</summary>
    public bool Fill { get; init; }

    /// <summary>Dropping more than half of the rows is wanted.</summary>
    public bool DropIncomplete { get; init; }
}

/// <summary>Files and what is said of them. Immutable.</summary>
internal sealed record FileSettings
{
    /// <summary>The files whose rows are split into a training, a validation and a held-out part; their rows follow one another.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>A file of held-out rows; null: they are drawn from <see cref="Files"/>.</summary>
    public string? Test { get; init; }

    /// <summary>The form of all files.</summary>
    public FormSettings Form { get; init; } = new();

    /// <summary>The columns.</summary>
    public ColumnSettings Columns { get; init; } = new();
}
