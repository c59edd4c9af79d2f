using System.Globalization;
using System.Text.Json.Serialization;
using Cfd.MLNet.Auditing;
using Cfd.MLNet.Common;
using Cfd.MLNet.Reports;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>
/// The answer for one test row. Immutable and thread-safe; equal to a row with the same data. D' and f' can be had as long as the
/// report that holds the row comes from an audit, not from a file.
/// </summary>
public sealed record AuditedRow
{
    private readonly IReadOnlyList<string> _groupValues = [];
    private readonly IReadOnlyList<AuditedCounterfactual> _counterfactuals = [];
    private readonly IReadOnlyList<string> _inputs = [];

    /// <summary>Position in the test view, from 0.</summary>
    public required long Position { get; init; }

    /// <summary>The user's id of the row, where the test view has the id column; else null.</summary>
    public string? Id { get; init; }

    /// <summary>The row's group of the protected attribute; "" where it is missing.</summary>
    public required string Group { get; init; }

    /// <summary>The row's groups of the columns in <see cref="AuditOptions.GroupByColumnNames"/>, in their order.</summary>
    public IReadOnlyList<string> GroupValues
    {
        get => _groupValues;
        init => _groupValues = ValueList<string>.Of(value);
    }

    /// <summary>Whether the row's own label is the positive class; null where the test view does not tell.</summary>
    public bool? Label { get; init; }

    /// <summary>What the search came to.</summary>
    public required CounterfactualOutcome Outcome { get; init; }

    /// <summary>Why, for outcomes that need a reason, or a remark on how the row was filtered; else empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The logit of f; above 0 predicts the positive class. NaN where the features are not finite.</summary>
    public required float Score { get; init; }

    /// <summary>Whether f predicts the positive class.</summary>
    public bool PredictedLabel => Score > 0;

    /// <summary>The counterfactual datasets found, in the order of the attempts; none contains another. Empty where none was found.</summary>
    public IReadOnlyList<AuditedCounterfactual> Counterfactuals
    {
        get => _counterfactuals;
        init => _counterfactuals = ValueList<AuditedCounterfactual>.Of(value);
    }

    /// <summary>
    /// What the first of <see cref="Counterfactuals"/> is worth, see <see cref="SearchOptions.Evidence"/>; flips that it does not need are left
    /// out already. Null where evidence is off, none was found, or the audit was cancelled before.
    /// </summary>
    public RowEvidence? Evidence { get; init; }

    /// <summary>Attempts made for this row, successful ones included; some may have shared a retrain with other rows.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// Distinct retrains that the whole audit had made when this row's counterfactual dataset was found; 0 where none was.
    /// </summary>
    public int RetrainsUntilFound { get; init; }

    /// <summary>
    /// By how many logits towards the other decision the flips found were predicted to shift the score; the real shift is
    /// |CounterfactualScore - Score|. NaN where none was found or the schedule predicts no shift.
    /// </summary>
    public float PredictedShift { get; init; } = float.NaN;

    /// <summary>Training rows that passed psi for this row: n_psi.</summary>
    public required int AdmittedRowCount { get; init; }

    /// <summary>
    /// The row's values of <see cref="AuditReport.Inputs"/>, as text, where a counterfactual dataset was found; else empty.
    /// </summary>
    public IReadOnlyList<string> Inputs
    {
        get => _inputs;
        init => _inputs = ValueList<string>.Of(value);
    }

    /// <summary>The logit of f' of the first counterfactual dataset, or NaN where none was found.</summary>
    [JsonIgnore]
    public float CounterfactualScore => Counterfactuals.Count == 0 ? float.NaN : Counterfactuals[0].Score;

    /// <summary>
    /// Positions, in the training view, of the rows whose labels the first counterfactual dataset flips; empty where none was found.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<long> FlippedRows => Counterfactuals.Count == 0 ? [] : Counterfactuals[0].FlippedRows;

    /// <summary>The user's ids of <see cref="FlippedRows"/>, or null where no id column was named or none was found.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? FlippedRowIds => Counterfactuals.Count == 0 ? null : Counterfactuals[0].FlippedRowIds;

    /// <summary>Whether the filters let the row pass and its search came to an end by itself.</summary>
    [JsonIgnore]
    internal bool IsAnswered => Outcome
        is CounterfactualOutcome.Found or CounterfactualOutcome.NotFoundWithinBudget or CounterfactualOutcome.NoCandidates;

    /// <summary>The audit's data and model, where there are.</summary>
    [JsonIgnore]
    internal NotCompared<AuditedModel> Live { get; init; }

    /// <summary>The answer in a sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Row {Id ?? Position.ToString(CultureInfo.InvariantCulture)}: {Outcome}")
        + (Counterfactuals.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", the logit {Score} becomes {CounterfactualScore} with {FlippedRows.Count} labels flipped.") : Reason.Length > 0 ? $", {Reason}." : ".");

    /// <summary>Positions, in the training view, of the rows that psi admits; empty for rows that were not searched.</summary>
    /// <exception cref="InvalidOperationException">The report was read from a file.</exception>
    public IReadOnlyList<long> AdmittedRows() => AdmittedRowCount == 0 ? [] : AuditedModel.Require(Live).AdmittedRows(Position, Group);

    /// <summary>D': the raw training view with the labels of the flipped rows turned over, lazily.</summary>
    /// <param name="index">Which of <see cref="Counterfactuals"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such counterfactual dataset.</exception>
    /// <exception cref="InvalidOperationException">None was found, or the report was read from a file.</exception>
    public IDataView CounterfactualDataset(int index = 0)
    {
        var found = RequireFound(index);
        return AuditedModel.Require(Live).Flip(found.FlippedRows);
    }

    /// <summary>f': the preparation and the model retrained on D', as one transformer.</summary>
    /// <param name="index">Which of <see cref="Counterfactuals"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such counterfactual dataset.</exception>
    /// <exception cref="InvalidOperationException">None was found, or the report was read from a file.</exception>
    public ITransformer CounterfactualModel(int index = 0)
    {
        var found = RequireFound(index);
        return AuditedModel.Require(Live).Retrain(found.FlippedRows);
    }

    /// <summary>The value of the protected attribute (0) or of a further group column (1, 2, …).</summary>
    internal string GroupValue(int attribute) => attribute == 0 ? Group : GroupValues[attribute - 1];

    private AuditedCounterfactual RequireFound(int index)
    {
        if (Counterfactuals.Count == 0)
            throw new InvalidOperationException($"Row {Position} has no counterfactual dataset: its outcome is {Outcome}.");
        Preconditions.InRange(index, 0, Counterfactuals.Count - 1, nameof(index));
        return Counterfactuals[index];
    }
}
