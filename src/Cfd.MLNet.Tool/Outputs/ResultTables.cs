using Cfd.MLNet.Tool.Understanding;

namespace Cfd.MLNet.Tool.Outputs;

/// <summary>The tables of a report, and of the columns as read.</summary>
internal static class ResultTables
{
    /// <summary>All tables of a report.</summary>
    public static IEnumerable<OutputTable> Of(AuditReport report) => [Rows(report), Groups(report), Labels(report), Quality(report)];

    /// <summary>What each column was read as.</summary>
    public static OutputTable Columns(UnderstoodTable table) => new(
        "columns",
        [("column", typeof(string)), ("read_as", typeof(string)), ("reason", typeof(string)), ("values", typeof(long)), ("missing", typeof(long)), ("example", typeof(string)), ("remark", typeof(string))],
        [.. table.Columns.Select(column => new object?[] { column.Name, column.ReadAs, column.Reason, column.Distinct < 0 ? null : (long)column.Distinct, (long)column.Missing, column.Example, column.Remark })]);

    private static OutputTable Rows(AuditReport report) => new(
        "rows",
        [
            ("row", typeof(string)), ("group", typeof(string)), ("outcome", typeof(string)), ("decision", typeof(bool)), ("label", typeof(bool)), ("logit", typeof(double)),
            ("flips", typeof(long)), ("flipped_rows", typeof(string)), ("counterfactual_logit", typeof(double)), ("placebo_rate", typeof(double)), ("proven_smallest", typeof(bool)), ("reason", typeof(string)),
        ],
        [
            .. report.Rows.Select(row =>
            {
                bool isFound = row.Outcome == CounterfactualOutcome.Found;
                string flipped = string.Join(' ', row.FlippedRowIds ?? [.. row.FlippedRows.Select(position => FormattableString.Invariant($"{position}"))]);
                return new object?[]
                {
                    row.Id ?? FormattableString.Invariant($"{row.Position}"), row.Group, row.Outcome.ToString(), row.PredictedLabel, row.Label, (double)row.Score,
                    isFound ? (long)row.FlippedRows.Count : null, isFound ? flipped : null, isFound ? (double)row.CounterfactualScore : null,
                    row.Evidence?.PlaceboRate.Value, row.Evidence?.IsProvenSmallest, row.Reason,
                };
            }),
        ]);

    private static OutputTable Groups(AuditReport report) => new(
        "groups",
        [("group", typeof(string)), ("audited", typeof(long)), ("passed_phi", typeof(long)), ("found", typeof(long)), ("share", typeof(double)), ("low", typeof(double)), ("high", typeof(double)), ("to_favourable", typeof(long)), ("to_unfavourable", typeof(long)), ("remark", typeof(string))],
        [.. report.Groups.Select(group => new object?[] { group.Group, (long)group.Audited, (long)group.Found.Total, (long)group.Found.Count, group.Found.Value, group.Found.Low, group.Found.High, (long)group.ToFavourable, (long)group.ToUnfavourable, group.Remark })]);

    private static OutputTable Labels(AuditReport report) => new(
        "labels-to-review",
        [("row", typeof(string)), ("group", typeof(string)), ("label", typeof(bool)), ("counterfactual_datasets", typeof(long)), .. report.Inputs.Select(input => ($"input {input.Name}", typeof(string)))],
        [.. report.ImplicatedTrainingRows.Select(row => (object?[])[row.Id ?? FormattableString.Invariant($"{row.Position}"), row.Group, row.Label, (long)row.Count, .. row.Inputs])]);

    private static OutputTable Quality(AuditReport report) => new(
        "model-quality",
        [("group", typeof(string)), ("rows", typeof(long)), ("selected", typeof(double)), ("correct", typeof(double)), ("false_positive", typeof(double)), ("false_negative", typeof(double)), ("area_under_roc", typeof(double))],
        [.. report.ModelQuality.Select(quality => new object?[] { quality.Group ?? "all", (long)quality.Selected.Total, quality.Selected.Value, quality.Correct?.Value, quality.FalsePositive?.Value, quality.FalseNegative?.Value, quality.AreaUnderRocCurve })]);
}
