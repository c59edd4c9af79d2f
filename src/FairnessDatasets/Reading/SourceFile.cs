namespace FairnessDatasets.Reading;

/// <summary>What the first line of a <see cref="SourceFile"/> holds.</summary>
internal enum FirstLine
{
    /// <summary>The first row of data; the file does not name its columns.</summary>
    Data,

    /// <summary>The column names; they must be the expected ones.</summary>
    Header,

    /// <summary>Something that is neither a row nor a header, such as a title.</summary>
    Title,
}

/// <summary>One published file: where it lies, how it is laid out and what columns it must have.</summary>
internal sealed record SourceFile
{
    /// <summary>Path relative to the data directory, with '/' between folders, e.g. "german/german.data".</summary>
    public required string RelativePath { get; init; }

    /// <summary>The expected columns, in file order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The character between two fields; ',' by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>What the first line holds; a header by default.</summary>
    public FirstLine FirstLine { get; init; } = FirstLine.Header;

    /// <summary>The file's name without its folder, e.g. "german.data".</summary>
    public string FileName => Path.GetFileName(RelativePath);
}
