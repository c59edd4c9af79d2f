using Cfd.MLNet.Reporting.Language;
using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>What random flips of the same number do, counterfactual dataset by counterfactual dataset.</summary>
internal static class PlaceboChart
{
    private const int Width = 760, Height = 320;

    /// <summary>Null where the report has no evidence.</summary>
    public static Chart? Create(AuditReport report)
    {
        RowEvidence[] judged = [.. report.Rows.Select(row => row.Evidence).OfType<RowEvidence>().Where(evidence => evidence.PlaceboRate.Total > 0)
            .OrderBy(evidence => evidence.PlaceboRate.Value)];
        return judged.Length == 0 ? null : new Chart(
            "placebo", "Placebo rate of each CFD, lowest first, with 95 % intervals: how many random flip sets of its size do the same",
            $"{judged.Count(evidence => evidence.PlaceboRate.Count == 0)} of {judged.Length} CFDs have a placebo rate of 0; the highest is {Numbers.English.Percent(judged[^1].PlaceboRate.Value)}",
            Width, Height, plot => Draw(plot, judged));
    }

    private static void Draw(Plot plot, RowEvidence[] judged)
    {
        for (int i = 0; i < judged.Length; i++)
        {
            var rate = judged[i].PlaceboRate;
            var interval = plot.Add.Line(i + 1, 100 * rate.Low, i + 1, 100 * rate.High);
            interval.LineColor = ChartColors.Series(0);
            interval.LineWidth = 2;
            plot.Add.Marker(i + 1, 100 * rate.Value!.Value, MarkerShape.FilledCircle, 7, ChartColors.Series(0));
        }

        plot.Add.HorizontalLine(100, 2, ChartColors.Series(1), LinePattern.Dashed);
        plot.Axes.Left.Label.Text = "% that change the decision";
        plot.Axes.Bottom.Label.Text = "CFD (each changes the decision: the dashed line)";
        Chart.Counts(plot.Axes.Bottom);
        plot.Axes.SetLimits(0.5, judged.Length + 0.5, -3, 104);
    }
}
