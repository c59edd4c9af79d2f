using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>How the model as it is decides, by group.</summary>
internal static class QualityColumns
{
    public static IReadOnlyList<Column<ModelQuality>> All(ReportView view) =>
    [
        new("group", CellKind.Text, quality => quality.Group ?? "all", quality => quality.Group is { } group ? Html.Of($"<bdi>{view.Group(group)}</bdi>") : Html.Of($"{view.Say["all"]}")),
        new("rows", CellKind.Count, quality => (long)quality.Selected.Total),
        new("selected", CellKind.Share, quality => quality.Selected.Value, quality => Share(view, quality.Selected)),
        new("correct", CellKind.Share, quality => quality.Correct?.Value, quality => Share(view, quality.Correct)),
        new("false_positive", CellKind.Share, quality => quality.FalsePositive?.Value, quality => Share(view, quality.FalsePositive)),
        new("false_negative", CellKind.Share, quality => quality.FalseNegative?.Value, quality => Share(view, quality.FalseNegative)),
        new("area_under_roc", CellKind.Share, quality => quality.AreaUnderRocCurve, quality => Html.Of($"{(quality.AreaUnderRocCurve is { } area ? view.Numbers.Ratio(area) : "–")}")),
        new("remark", CellKind.Text, quality => quality.Remark, quality => quality.Remark is { } remark ? view.Core(remark) : Html.Empty),
    ];

    private static Html Share(ReportView view, Proportion? share)
        => share is null ? Html.Of($"–") : Html.Of($"{view.Numbers.Percent(share.Value)} <small>{view.Numbers.Range(share)}</small>");
}
