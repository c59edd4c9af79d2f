using Cfd.MLNet.Reporting.Language;

namespace Cfd.MLNet.Reporting;

/// <summary>The words of a report that the data cannot tell. Immutable.</summary>
public sealed record ReportText
{
    internal const string DefaultTitle = "Audit report", DefaultRow = "row";

    /// <summary>Title of the page. Default: "Audit report", or what it is in another language.</summary>
    public string Title { get; init; } = DefaultTitle;

    /// <summary>What a positive prediction means, e.g. "hired". Default: null, the value of the label.</summary>
    public string? Favourable { get; init; }

    /// <summary>What a negative prediction means, e.g. "turned down". Default: null, the value of the label.</summary>
    public string? Unfavourable { get; init; }

    /// <summary>What a row is, in the singular, e.g. "applicant". Default: "row", or what it is in another language.</summary>
    public string Row { get; init; } = DefaultRow;

    /// <summary>Whole sentences on where the data come from, shown with the provenance. Default: none.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The languages that <see cref="Language"/> may name, by their codes.</summary>
    public static IReadOnlyList<string> Languages => Phrases.Languages;

    /// <summary>
    /// The language of the page's own words: "en" or "de". Default: "en". Names and values of the data stay as they are.
    /// </summary>
    public string Language { get; init; } = "en";

    /// <summary>The word for a prediction or a label.</summary>
    internal string Outcome(AuditReport report, bool label) => label
        ? Favourable ?? report.Provenance.PositiveLabel
        : Unfavourable ?? report.Provenance.NegativeLabel;
}
