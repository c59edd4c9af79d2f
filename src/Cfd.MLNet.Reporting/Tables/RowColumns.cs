using System.Globalization;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>The audited rows: answer, decision before and after, and the evidence as columns.</summary>
internal static class RowColumns
{
    /// <summary>The columns of the page, of <see cref="All"/>; what is left out stands in each person's own part.</summary>
    public static readonly IReadOnlyList<string> OnPage =
    [
        "row", "group", "outcome", "verdict", "decision", "label", "logit", "counterfactual_logit", "flips", "placebo_rate", "reproduced", "proven_smallest", "forecast_shift", "real_shift",
    ];

    public static IReadOnlyList<Column<AuditedRow>> All(ReportView view) =>
    [
        new("row", CellKind.Text, row => ReportView.Id(row), row => Html.Of($"<a href=#{view.Anchor(row)}>{ReportView.Id(row)}</a>")),
        new("group", CellKind.Text, row => row.Group, row => Html.Of($"{view.Group(row.Group)}")),
        new("outcome", CellKind.Text, row => row.Outcome.ToString(), row => Html.Of($"{view.Word(row.Outcome)}")),
        new("verdict", CellKind.Text, row => Strengths.Of(row)?.ToString(), Badge.OfRow(view)),
        new("weak_because", CellKind.Text, row => row.Evidence?.Weakness?.ToString()),
        new("decision", CellKind.Outcome, row => row.PredictedLabel),
        new("label", CellKind.Outcome, row => row.Label),
        new("probability", CellKind.Share, row => Probability(row.Score)),
        new("logit", CellKind.Logit, row => Number(row.Score)),
        new("flips", CellKind.Count, row => row.Counterfactuals.Count > 0 ? (long)row.FlippedRows.Count : null),
        new("flipped_rows", CellKind.Text, row => row.Counterfactuals.Count > 0 ? string.Join(' ', row.FlippedRowIds ?? [.. row.FlippedRows.Select(position => position.ToString(CultureInfo.InvariantCulture))]) : null),
        new("minimised", CellKind.Flag, row => row.Counterfactuals.Count > 0 ? row.IsMinimised : null),
        new("counterfactual_probability", CellKind.Share, row => Probability(row.CounterfactualScore)),
        new("counterfactual_logit", CellKind.Logit, row => Number(row.CounterfactualScore)),
        new("placebo_rate", CellKind.Share, row => row.Evidence?.PlaceboRate.Value, row => Of(view, row.Evidence?.PlaceboRate)),
        new("reproduced", CellKind.Share, row => row.Evidence?.SeedStability.Value, row => Of(view, row.Evidence?.SeedStability)),
        new("changes_anyway", CellKind.Share, row => row.Evidence?.SeedDisagreement.Value),
        .. Interval("fresh_logit", row => row.Evidence?.FreshScore is { } before ? row.Unturned(before) : null),
        .. Interval("fresh_counterfactual_logit", row => row.Evidence?.FreshCounterfactualScore is { } after ? row.Unturned(after) : null),
        .. Interval("fresh_shift", row => row.Evidence?.Shift),
        .. Interval("placebo_shift", row => row.Evidence?.PlaceboShift),
        new("p", CellKind.Share, row => row.Evidence?.PValue),
        new("holds_at_fixed_epochs", CellKind.Flag, row => row.Evidence?.HoldsAtFixedEpochs),
        new("proven_smallest", CellKind.Flag, row => row.Evidence?.IsProvenSmallest),
        new("forecast_shift", CellKind.Logit, row => Number(row.PredictedShift)),
        new("real_shift", CellKind.Logit, row => Number(Shift(row))),
        new("flips_at_crossing", CellKind.Count, row => row.FlipsAtCrossing > 0 ? (long)row.FlipsAtCrossing : null),
        new("attempts", CellKind.Count, row => (long)row.Attempts),
        new("admitted", CellKind.Count, row => (long)row.AdmittedRowCount),
        new("reason", CellKind.Text, row => row.Reason),
    ];

    /// <summary>By how many logits the retrained model's score lies towards the other decision; NaN where none was found.</summary>
    public static double Shift(AuditedRow row) => Math.Abs((double)row.CounterfactualScore - row.Score);

    /// <summary>A mean of fresh trainings and both ends of its 95 % interval.</summary>
    private static IEnumerable<Column<AuditedRow>> Interval(string key, Func<AuditedRow, Interval?> mean) =>
    [
        new(key, CellKind.Logit, row => mean(row)?.Value),
        new($"{key}_low", CellKind.Logit, row => mean(row)?.Low),
        new($"{key}_high", CellKind.Logit, row => mean(row)?.High),
    ];

    private static double? Number(double value) => double.IsNaN(value) ? null : value;

    private static double? Probability(float logit) => float.IsNaN(logit) ? null : 1 / (1 + Math.Exp(-logit));

    /// <summary>As counts: of few retrains a percentage says more than it knows.</summary>
    private static Html Of(ReportView view, Proportion? share) => share is { Total: > 0 } ? Html.Of($"{view.Say.Fill("of", share.Count, share.Total)}") : Html.Empty;
}
