using MathNet.Numerics.Statistics;
using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>Box plots of the original logit of rows with and without a counterfactual dataset (paper, figure B.2).</summary>
internal static class LogitChart
{
    private const int Width = 560, Height = 340;

    public static Chart Create(AuditReport report)
    {
        AuditedRow[] answered = [.. report.Rows.Where(row => row.Outcome is CounterfactualOutcome.Found or CounterfactualOutcome.NotFound)];
        (string Name, double[] Logits)[] boxes =
        [
            .. answered.GroupBy(row => (row.PredictedLabel, IsFound: row.Counterfactuals.Count > 0))
                .OrderBy(rows => rows.Key.PredictedLabel).ThenByDescending(rows => rows.Key.IsFound)
                .Select(rows => ($"{(rows.Key.IsFound ? "CFD found" : "not found")}\n{(rows.Key.PredictedLabel ? "logit above 0" : "logit below 0")}", rows.Select(row => (double)row.Score).ToArray())),
        ];
        string description = string.Join("; ", boxes.Select(box => FormattableString.Invariant($"{box.Name.Replace('\n', ' ')}: median {box.Logits.Median():0.00} of {box.Logits.Length} rows")));
        return new Chart("logits", "Logit of f by outcome: median, quartiles, and whiskers over all rows", description, Width, Height, plot => Draw(plot, boxes));
    }

    private static void Draw(Plot plot, (string Name, double[] Logits)[] boxes)
    {
        for (int i = 0; i < boxes.Length; i++)
        {
            double[] five = boxes[i].Logits.FiveNumberSummary();
            var color = ChartColors.Series(boxes[i].Name.StartsWith("CFD", StringComparison.Ordinal) ? 1 : 0);
            plot.Add.Box(new Box
            {
                Position = i,
                WhiskerMin = five[0],
                BoxMin = five[1],
                BoxMiddle = five[2],
                BoxMax = five[3],
                WhiskerMax = five[4],
                Width = 0.5,
                FillColor = Colors.Transparent,
                LineColor = color,
                LineWidth = 2,
            }).FillColor = Colors.Transparent;
        }

        plot.Add.HorizontalLine(0, 1, ChartColors.Soft, LinePattern.Dashed);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, boxes.Length).Select(i => (double)i)], [.. boxes.Select(box => box.Name)]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 12;
        plot.Axes.Left.Label.Text = "logit of f";
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(-0.6, boxes.Length - 0.4);
    }
}
