using Cfd.MLNet.Reporting.Language;
using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>The share of rows with a counterfactual dataset, group by group, with intervals.</summary>
internal static class GroupShareChart
{
    private const int Width = 760, RowHeight = 34, AxesHeight = 92;

    public static Chart Create(GroupComparison comparison)
    {
        GroupSummary[] groups = [.. comparison.Groups.Where(group => group.Share.Total > 0)];
        int unanswered = comparison.Groups.Count - groups.Length;
        string attributes = string.Join(" and ", comparison.Attributes);
        return new Chart(
            $"groups-{ReportCharts.FileName(comparison.Attributes)}",
            $"Share with a CFD by {attributes}, with 95 % intervals",
            string.Join("; ", groups.Select(group => $"{group.Group}: {Numbers.English.Percent(group.Share)}, {Numbers.English.Range(group.Share)}"))
                + (unanswered == 0 ? "" : $"; {unanswered} {(unanswered == 1 ? "group" : "groups")} without a row that passed") + $". {comparison.Finding}",
            Width, AxesHeight + (RowHeight * Math.Max(1, groups.Length)), plot => Draw(plot, groups));
    }

    private static void Draw(Plot plot, GroupSummary[] groups)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            double y = groups.Length - 1 - i;
            var (share, color) = (groups[i].Share, ChartColors.Series(groups[i].Remark is null ? 0 : 5));
            var interval = plot.Add.Line(100 * share.SamplingLow, y, 100 * share.SamplingHigh, y);
            interval.LineColor = color;
            interval.LineWidth = 3;
            plot.Add.Marker(100 * share.Lower!.Value, y, MarkerShape.FilledCircle, 11, color);
            if (!share.IsExact) plot.Add.Marker(100 * share.Upper!.Value, y, MarkerShape.OpenCircle, 11, color);
        }

        plot.Axes.Left.SetTicks(
            [.. Enumerable.Range(0, groups.Length).Select(i => (double)(groups.Length - 1 - i))], [.. groups.Select(group => group.Group.Length == 0 ? "(missing)" : group.Group)]);
        plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.Bottom.Label.Text = "% of rows that passed";
        double end = Math.Min(100, 5 + (100 * groups.Select(group => group.Share.SamplingHigh).DefaultIfEmpty(1).Max()));
        plot.Axes.SetLimits(-0.01 * end, 1.01 * end, -0.6, Math.Max(1, groups.Length) - 0.4);
    }
}
