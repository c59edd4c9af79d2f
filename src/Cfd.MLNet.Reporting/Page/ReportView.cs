namespace Cfd.MLNet.Reporting.Page;

/// <summary>A report and what its sections look up in it.</summary>
internal sealed class ReportView(AuditReport report, ReportText text)
{
    private readonly Dictionary<long, ImplicatedRow> _implicated = report.ImplicatedTrainingRows.ToDictionary(row => row.Position);

    public AuditReport Report { get; } = report;

    public ReportText Text { get; } = text;

    /// <summary>The rows with a counterfactual dataset.</summary>
    public IReadOnlyList<AuditedRow> Found { get; } = [.. report.Rows.Where(row => row.Counterfactuals.Count > 0)];

    /// <summary>Name of the protected attribute.</summary>
    public string Attribute => Report.GroupComparisons[0].Attributes[0];

    /// <summary>The word for a prediction or a label.</summary>
    public string Outcome(bool label) => Text.Outcome(Report, label);

    /// <summary>A test row, e.g. "applicant 17".</summary>
    public string Name(AuditedRow row) => $"{Text.Row} {row.Id ?? Words.Count(row.Position)}";

    /// <summary>A training row whose label flips.</summary>
    public string Name(ImplicatedRow row) => $"{Text.Row} {row.Id ?? Words.Count(row.Position)}";

    public ImplicatedRow Implicated(long position) => _implicated[position];

    /// <summary>Where the page tells of a test row's counterfactual datasets.</summary>
    public static string Anchor(AuditedRow row) => FormattableString.Invariant($"cfd-{row.Position}");

    public static string Word(CounterfactualOutcome outcome) => outcome switch
    {
        CounterfactualOutcome.Found => "CFD found",
        CounterfactualOutcome.NotFound => "not found",
        CounterfactualOutcome.FilteredOut => "filtered out",
        CounterfactualOutcome.NoCandidates => "no candidates",
        CounterfactualOutcome.RuledOut => "ruled out, untried",
        CounterfactualOutcome.NotReached => "not reached",
        _ => "failed",
    };
}
