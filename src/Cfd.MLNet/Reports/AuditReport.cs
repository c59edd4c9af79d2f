using System.Text.Json.Serialization;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// The answers of an audit: whose predictions hinge on a few training labels. Pure data, immutable and thread-safe; equal to a report
/// with the same data.
/// </summary>
public sealed record AuditReport
{
    /// <summary>What the audit was made from, by what, where and when.</summary>
    public required AuditProvenance Provenance { get; init; }

    /// <summary>The audit in numbers.</summary>
    public required AuditSummary Summary { get; init; }

    /// <summary>The audit in one sentence: for how many rows there is a set of labels, each row's own, and how many labels these are in all.</summary>
    public string Headline => Reports.Headline.Of(this);

    /// <summary>What a reader must know before believing a figure, warnings first; the same list wherever the report is shown.</summary>
    public IReadOnlyList<Caveat> Caveats => [.. Reports.Caveats.Of(this).OrderByDescending(caveat => caveat.Severity)];

    /// <summary>Whether many decisions hinge on the same few labels; null where nothing was found.</summary>
    public KeyLabels? KeyLabels => KeyLabels.Of(Rows);

    /// <summary>
    /// What the counterfactual datasets are worth as a whole; null where <see cref="SearchOptions.Evidence"/>
    /// is off or the audit was cancelled before.
    /// </summary>
    public AuditEvidence? Evidence { get; init; }

    /// <summary>Says so where the protected attribute is not among the features, so that the default phi held for every row.</summary>
    public string? PhiRemark { get; init; }

    /// <summary>What was found out about refitting, where the learner is an ML.NET pipeline; null for a network, whose retrains never differ.</summary>
    public RefitSummary? Refits { get; init; }

    /// <summary>
    /// The audit by groups: of the protected attribute first, then of each column in <see cref="AuditOptions.GroupByColumnNames"/>, then
    /// of each two of them crossed.
    /// </summary>
    public required IReadOnlyList<GroupComparison> GroupComparisons { get; init => field = ValueList<GroupComparison>.Of(value); }

    /// <summary>How f decides: all audited rows first, then each group of the protected attribute.</summary>
    public required IReadOnlyList<ModelQuality> ModelQuality { get; init => field = ValueList<ModelQuality>.Of(value); }

    /// <summary>
    /// One entry an audited row, in the order of the test view: every row of it, unless <see cref="AuditOptions.MaxRows"/> or
    /// <see cref="AuditOptions.RowsPerGroup"/> leave some out, which <see cref="GroupSummary.InTestView"/> counts.
    /// </summary>
    public required IReadOnlyList<AuditedRow> Rows { get; init => field = ValueList<AuditedRow>.Of(value); }

    /// <summary>Training rows whose labels counterfactual datasets flip, those that recur most first: what a person would review.</summary>
    public required IReadOnlyList<ImplicatedRow> ImplicatedTrainingRows { get; init => field = ValueList<ImplicatedRow>.Of(value); }

    /// <summary>The columns by which rows are described, see <see cref="AuditOptions.InputColumnNames"/>.</summary>
    public required IReadOnlyList<InputColumn> Inputs { get; init => field = ValueList<InputColumn>.Of(value); }

    /// <summary>The audit by group of the protected attribute, in ordinal order.</summary>
    [JsonIgnore]
    public IReadOnlyList<GroupSummary> Groups => GroupComparisons[0].Groups;

    /// <summary>
    /// Whether the noise floor is that of initial weights disturbed; else, of a pipeline, whose weights cannot be had, that of the training repeated.
    /// </summary>
    internal bool DisturbsWeights => Refits is null;

    /// <summary>Reads a report that <see cref="SaveJson"/> wrote; it equals the one written.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// It holds no report, one of a schema version that is not known, or one whose parts do not hold together; the message names the place.
    /// </exception>
    public static AuditReport LoadJson(string path)
    {
        using var stream = File.OpenRead(path);
        return ReportJson.Read(stream);
    }

    /// <summary>
    /// Writes the report as JSON, over an earlier file; docs/audit-report.schema.json describes it. The file is written under another name
    /// in the same folder first: whatever happens meanwhile, an earlier file is whole.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written, or is no regular file.</exception>
    public void SaveJson(string path) => OutputFile.Write(path, stream => ReportJson.Write(stream, this));

    /// <summary>
    /// Writes <see cref="ImplicatedTrainingRows"/> as CSV, UTF-8, over an earlier file: id (the position where there is none), position, label, in
    /// how many counterfactual datasets, for which test rows and of which groups, and the row's inputs. Texts that a table program would take
    /// for a formula (they begin with =, +, -, @, a tab or a carriage return and are no number) get an apostrophe in front.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written, or is no regular file.</exception>
    public void SaveImplicatedRowsCsv(string path) => OutputFile.WriteText(path, writer => ImplicatedCsv.Write(writer, this));

    /// <summary><see cref="Headline"/>.</summary>
    public override string ToString() => Headline;

    /// <summary>
    /// For CI: throws where a figure exceeds its limit or cannot be held against it: a share passes only where its upper bound does, so that rows
    /// left open count against it; an audit that retrained nothing, though there was something to try, passes no limit.
    /// </summary>
    /// <param name="maxShare">
    /// Limit, in [0, 1], of the share of rows with a counterfactual dataset (<see cref="AuditSummary.Share"/>); null for none.
    /// </param>
    /// <param name="maxGroupDifference">
    /// Limit, in [0, 1], of the difference of that share between the two groups of the protected attribute, or, of three groups or more, between any
    /// group and the rest; null for none. Exceeded by a difference that lies above it and can be told from chance
    /// (<see cref="GroupDifference.IsDifference"/>): chance alone fails at most one audit in twenty. Passing therefore says that no such
    /// difference was shown, not that there is none; few rows show little. Where fewer than two groups have
    /// <see cref="GroupComparison.MinimumRows"/> answered rows, nothing can be told, and the report does not pass.
    /// </param>
    /// <param name="minCoverage">
    /// Least share, in [0, 1], of the admissible single flips that must have been tried (<see cref="AuditSummary.Coverage"/>); null for none.
    /// </param>
    /// <param name="maxStandingShare">
    /// Limit, in [0, 1], of the share, of the rows that passed, whose counterfactual dataset stands (<see cref="EvidenceVerdict.Stands"/>); null for none. What is
    /// untested, or was not put to the test, might stand and counts towards the upper bound; weak ones and facts about one training run do not. An audit
    /// that found some without evidence does not pass.
    /// </param>
    /// <exception cref="AuditCheckException">The report does not pass; the message says what exceeds what.</exception>
    /// <exception cref="ArgumentException">No limit is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit lies outside of its range.</exception>
    public void Check(double? maxShare = null, double? maxGroupDifference = null, double? minCoverage = null, double? maxStandingShare = null)
    {
        string[] violations = [.. ReportCheck.Violations(this, maxShare, maxGroupDifference, minCoverage, maxStandingShare)];
        if (violations.Length > 0) throw new AuditCheckException(violations);
    }
}
