using CsvHelper;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>All that is needed to read a CSV file. Immutable.</summary>
internal sealed record CsvForm
{
    /// <summary>How bytes become letters.</summary>
    public required TextEncoding Encoding { get; init; }

    /// <summary>Between two fields.</summary>
    public required char Separator { get; init; }

    /// <summary>Around a field; null: quotes are letters like others.</summary>
    public char? Quote { get; init; } = '"';

    /// <summary>Begins a comment line; null: none does.</summary>
    public char? Comment { get; init; }

    /// <summary>Lines before the table.</summary>
    public int SkippedLines { get; init; }

    /// <summary>Whether the first line of the table names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Each property with its reason.</summary>
    public IReadOnlyList<FormFact> Facts { get; init; } = [];

    /// <summary>What people ought to look at.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The options of the CSV library.</summary>
    /// <param name="isStrict">Whether quotes that do not match are an error.</param>
    public CsvReaderOptions Options(bool isStrict) => new()
    {
        HasHeader = false,
        Separator = Separator,
        Mode = Quote is null ? CsvMode.NoEscape : CsvMode.Rfc4180,
        Quote = Quote ?? '"',
        CommentPrefix = Comment,
        SkipEmptyLines = false,
        DetectSeparatorHint = false,
        TrackLineNumbers = true,
        TrimWhitespace = Separator != ' ',
        TrimInsideQuotes = Quote is not null,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MalformedData = isStrict ? CsvMalformedDataHandling.Throw : CsvMalformedDataHandling.Recover,
    };
}
