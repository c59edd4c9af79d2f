using System.Globalization;
using System.Text;
using Cfd.MLNet.Reporting.Language;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>A report, its words, and what the sections of its page look up.</summary>
internal sealed class ReportView
{
    private readonly Dictionary<long, ImplicatedRow> _implicated;
    private readonly Dictionary<long, AuditedRow> _rows;
    private readonly bool _hasUniqueIds;

    public ReportView(AuditReport report, ReportText text)
    {
        (Report, Text, Say) = (report, text, Phrases.Of(text.Language));
        _implicated = report.ImplicatedTrainingRows.ToDictionary(row => row.Position);
        _rows = report.Rows.ToDictionary(row => row.Position);
        _hasUniqueIds = report.Rows.DistinctBy(Id).Count() == report.Rows.Count;
        Sorted = [.. Strengths.Sorted(report.Rows)];
        Found = [.. report.Rows.Where(row => row.Counterfactuals.Count > 0)];
    }

    public AuditReport Report { get; }

    /// <summary>Whether fresh trainings were asked; a training without a seed has none. True where nothing was put to the test.</summary>
    public bool HasFreshTrainings => Report.Rows.All(row => row.Evidence is null) || Report.Rows.Any(row => row.Evidence is { SeedStability.Total: > 0 });

    public ReportText Text { get; }

    /// <summary>The page's own words.</summary>
    public Phrases Say { get; }

    public Numbers Numbers => Say.Numbers;

    /// <summary>All rows, those with the strongest evidence first.</summary>
    public IReadOnlyList<AuditedRow> Sorted { get; }

    /// <summary>The rows with a counterfactual dataset, in their own order.</summary>
    public IReadOnlyList<AuditedRow> Found { get; }

    /// <summary>Name of the protected attribute.</summary>
    public string Attribute => Report.GroupComparisons[0].Attributes[0];

    public string Title => Text.Title == ReportText.DefaultTitle ? Say["title"] : Text.Title;

    /// <summary>What a row is called.</summary>
    public string Noun => Text.Row == ReportText.DefaultRow ? Say["row"] : Text.Row;

    /// <summary>The word for a prediction or a label.</summary>
    public string Outcome(bool label) => Text.Outcome(Report, label);

    /// <summary>A group's name; a word for the one of missing values.</summary>
    public string Group(string group) => group.Length == 0 ? Say["missing"] : group;

    /// <summary>A test row, e.g. "applicant 17".</summary>
    public Html Name(AuditedRow row) => Html.Of($"{Noun} <bdi>{Id(row)}</bdi>");

    /// <summary>A training row whose label flips.</summary>
    public Html Name(ImplicatedRow row) => Html.Of($"{Noun} <bdi>{Id(row)}</bdi>");

    public ImplicatedRow Implicated(long position) => _implicated[position];

    public AuditedRow Row(long position) => _rows[position];

    /// <summary>A sentence of the library.</summary>
    public Html Core(string sentence) => Say.Sentences.Say(sentence);

    public string Word(CounterfactualOutcome outcome) => Say[$"outcome.{outcome}"];

    public static string Id(AuditedRow row) => row.Id ?? row.Position.ToString(CultureInfo.InvariantCulture);

    public static string Id(ImplicatedRow row) => row.Id ?? row.Position.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the page tells of a row: its id, as far as an address can hold it; its position where ids recur.</summary>
    public string Anchor(AuditedRow row)
    {
        if (!_hasUniqueIds) return FormattableString.Invariant($"person-at-{row.Position}");
        var anchor = new StringBuilder("person-");
        foreach (char letter in Id(row))
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') anchor.Append(letter);
            else anchor.Append(CultureInfo.InvariantCulture, $"_{(int)letter:x}_");
        }

        return anchor.ToString();
    }
}
