using System.Globalization;
using System.Text.Json.Serialization;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// The answer for one test row. Immutable and thread-safe; equal to a row with the same data. D' and f' can be had of the
/// <see cref="AuditRun"/>.
/// </summary>
public sealed record AuditedRow
{
    /// <summary>Position in the test view, from 0.</summary>
    public required long Position { get; init; }

    /// <summary>The user's id of the row, where the test view has the id column; else null.</summary>
    public string? Id { get; init; }

    /// <summary>The row's group of the protected attribute; "" where it is missing.</summary>
    public required string Group { get; init; }

    /// <summary>The row's groups of the columns in <see cref="AuditOptions.GroupByColumnNames"/>, in their order.</summary>
    public IReadOnlyList<string> GroupValues { get; init => field = ValueList<string>.Of(value); } = ValueList<string>.Of([]);

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
    public IReadOnlyList<AuditedCounterfactual> Counterfactuals { get; init => field = ValueList<AuditedCounterfactual>.Of(value); } = ValueList<AuditedCounterfactual>.Of([]);

    /// <summary>
    /// What the first of <see cref="Counterfactuals"/> is worth, see <see cref="SearchOptions.Evidence"/>; flips that it does not need are left
    /// out already. Null where evidence is off, none was found, or the audit was cancelled before.
    /// </summary>
    public RowEvidence? Evidence { get; init; }

    /// <summary>
    /// Whether each flip of the first of <see cref="Counterfactuals"/> was tried for being needed: without any one of them the decision stays as it
    /// was. False where a stop came before, and where none was found.
    /// </summary>
    public bool IsMinimised { get; init; }

    /// <summary>Attempts made for this row, successful ones included; some may have shared a retrain with other rows.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// Labels flipped when the mean of f' first crossed the boundary in one of the row's attempts, whether or not as many networks had turned as
    /// <see cref="SearchOptions.Agreement"/> asks; 0 where none did. For a single model the flips found, before those not needed were left out.
    /// </summary>
    public int FlipsAtCrossing { get; init; }

    /// <summary>Whether the mean crossed in one of the row's attempts, but too few of the models, so that nothing was found.</summary>
    internal bool CrossedByMeanAlone => Outcome == CounterfactualOutcome.NotFound && FlipsAtCrossing > 0;

    /// <summary>
    /// Distinct retrains that the whole audit had made when this row's counterfactual dataset was found; 0 where none was.
    /// </summary>
    public int RetrainsUntilFound { get; init; }

    /// <summary>
    /// By how many logits towards the other decision the flips found were predicted to shift the score; the real shift is
    /// |CounterfactualScore - Score|. NaN where none was found or the schedule predicts no shift.
    /// </summary>
    public float PredictedShift { get; init; } = float.NaN;

    /// <summary>
    /// The largest shift, in logits towards the other decision, that is forecast for at most m labels; |Score| is needed, more where several networks must agree. NaN where the schedule
    /// predicts no shift.
    /// </summary>
    public float ForecastShift { get; init; } = float.NaN;

    /// <summary>
    /// How likely any flip set that was not tried turns the decision over, in [0, 1], by forecasts held against this learner's retrains; null
    /// where there is no forecast or the row was found. For several labels of the sets proposed alone.
    /// </summary>
    public double? UntriedChance { get; init; }

    /// <summary>Admissible flip sets tried for this row, by size; sizes of which none was tried are left out.</summary>
    public IReadOnlyList<SetCoverage> Coverage { get; init => field = ValueList<SetCoverage>.Of(value); } = ValueList<SetCoverage>.Of([]);

    /// <summary>Training rows that passed psi for this row: n_psi.</summary>
    public required int AdmittedRowCount { get; init; }

    /// <summary>
    /// The row's values of <see cref="AuditReport.Inputs"/>, as text, where a counterfactual dataset was found; else empty.
    /// </summary>
    public IReadOnlyList<string> Inputs { get; init => field = ValueList<string>.Of(value); } = ValueList<string>.Of([]);

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

    /// <summary>Whether its search came to an end by itself: found, tried in vain, or nothing to flip.</summary>
    [JsonIgnore]
    internal bool IsAnswered => Outcome
        is CounterfactualOutcome.Found or CounterfactualOutcome.NotFound or CounterfactualOutcome.NoCandidates;

    /// <summary>Whether phi let the row pass and f has a settled decision to ask about, or that is not known since a stop came before.</summary>
    [JsonIgnore]
    internal bool MayHavePassed => IsAnswered || IsOpen;

    /// <summary>Whether the row might have a counterfactual dataset though the search gave no answer.</summary>
    [JsonIgnore]
    internal bool IsOpen => Outcome is CounterfactualOutcome.RuledOut or CounterfactualOutcome.NotReached
        || (Outcome == CounterfactualOutcome.Failed && AdmittedRowCount > 0);

    /// <summary>The answer in a sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Row {Id ?? Position.ToString(CultureInfo.InvariantCulture)}: {Outcome}")
        + (Counterfactuals.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", the logit {Score} becomes {CounterfactualScore} with {FlippedRows.Count} labels flipped.") : Reason.Length > 0 ? $", {Reason}." : ".");

    /// <summary>A logit of the evidence, which is turned so that above 0 is the other decision than f's, as any other: above 0 is the positive class.</summary>
    internal Interval Unturned(Interval turned) => PredictedLabel ? new Interval(-turned.Value, -turned.High, -turned.Low) : turned;

    /// <summary>The value of the protected attribute (0) or of a further group column (1, 2, …).</summary>
    internal string GroupValue(int attribute) => attribute == 0 ? Group : GroupValues[attribute - 1];
}
