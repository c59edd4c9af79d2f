using System.Globalization;
using System.Text.Json.Serialization;
using Cfd.MLNet.Auditing;
using Cfd.MLNet.Common;
using Cfd.MLNet.Reports;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>
/// The answers of an audit: whose predictions hinge on a few training labels. Pure data, immutable and thread-safe; equal to a report
/// with the same data. A report that comes from an audit, not from a file, also hands out D' and f' of its rows.
/// </summary>
public sealed record AuditReport
{
    private readonly IReadOnlyList<GroupComparison> _groupComparisons = [];
    private readonly IReadOnlyList<ModelQuality> _modelQuality = [];
    private readonly IReadOnlyList<AuditedRow> _rows = [];
    private readonly IReadOnlyList<ImplicatedRow> _implicated = [];
    private readonly IReadOnlyList<InputColumn> _inputs = [];

    /// <summary>What the audit was made from, by what, where and when.</summary>
    public required AuditProvenance Provenance { get; init; }

    /// <summary>The audit in numbers.</summary>
    public required AuditSummary Summary { get; init; }

    /// <summary>
    /// What the counterfactual datasets are worth as a whole, with warnings in words; null where <see cref="SearchOptions.Evidence"/>
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
    public required IReadOnlyList<GroupComparison> GroupComparisons
    {
        get => _groupComparisons;
        init => _groupComparisons = ValueList<GroupComparison>.Of(value);
    }

    /// <summary>How f decides: all audited rows first, then each group of the protected attribute.</summary>
    public required IReadOnlyList<ModelQuality> ModelQuality
    {
        get => _modelQuality;
        init => _modelQuality = ValueList<ModelQuality>.Of(value);
    }

    /// <summary>One entry a row of the test view, in its order.</summary>
    public required IReadOnlyList<AuditedRow> Rows
    {
        get => _rows;
        init => _rows = ValueList<AuditedRow>.Of(value);
    }

    /// <summary>Training rows whose labels counterfactual datasets flip, those that recur most first: what a person would review.</summary>
    public required IReadOnlyList<ImplicatedRow> ImplicatedTrainingRows
    {
        get => _implicated;
        init => _implicated = ValueList<ImplicatedRow>.Of(value);
    }

    /// <summary>The columns by which rows are described, see <see cref="AuditOptions.InputColumnNames"/>.</summary>
    public required IReadOnlyList<InputColumn> Inputs
    {
        get => _inputs;
        init => _inputs = ValueList<InputColumn>.Of(value);
    }

    /// <summary>The audit by group of the protected attribute, in ordinal order.</summary>
    [JsonIgnore]
    public IReadOnlyList<GroupSummary> Groups => GroupComparisons[0].Groups;

    /// <summary>f: the preparation and the model trained on the training view as it is, as one transformer.</summary>
    /// <exception cref="InvalidOperationException">The report was read from a file.</exception>
    [JsonIgnore]
    public ITransformer Model => AuditedModel.Require(Live).Retrain([]);

    /// <summary>The audit's data and model, where there are.</summary>
    [JsonIgnore]
    internal NotCompared<AuditedModel> Live { get; init; }

    /// <summary>Reads a report that <see cref="SaveJson"/> wrote; it equals the one written, but has no model.</summary>
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

    /// <summary>The answer in a sentence: how many rows were audited, and how many predictions hinge on how many labels.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Audit of {Summary.Audited} rows on {Provenance.TrainingRows} training labels: {Summary.Found} of {Summary.ShareOfAnswered.Total} answered predictions hinge on at most {Summary.Budget} of them.");

    /// <summary>For CI: throws where a figure exceeds its limit, where rows have no answer, or where there is nothing to measure.</summary>
    /// <param name="maxShare">
    /// Limit, in [0, 1], of the share of answered rows with a counterfactual dataset (<see cref="AuditSummary.ShareOfAnswered"/>); null for none.
    /// </param>
    /// <param name="maxGroupDifference">
    /// Limit, in [0, 1], of the largest difference of that share between two groups of the protected attribute; null for none.
    /// </param>
    /// <exception cref="AuditCheckException">The report does not pass; the message says what exceeds what.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit lies outside of its range.</exception>
    public void Check(double? maxShare = null, double? maxGroupDifference = null)
    {
        string[] violations = [.. ReportCheck.Violations(this, maxShare, maxGroupDifference)];
        if (violations.Length > 0) throw new AuditCheckException(violations);
    }
}
