using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>How many rows have a counterfactual dataset after how many attempts (paper, figure E.2).</summary>
internal static class AttemptChart
{
    private const int Width = 560, Height = 340;

    public static Chart Create(AuditReport report)
    {
        int[] attempts = [.. report.Rows.Where(row => row.Counterfactuals.Count > 0).Select(row => row.Counterfactuals[0].Attempt).Order()];
        return new Chart(
            "attempts", "Rows with a CFD after so many attempts",
            FormattableString.Invariant($"{attempts.Count(attempt => attempt == 1)} of {attempts.Length} at the first attempt, all after {attempts[^1]}"),
            Width, Height, plot => Draw(plot, attempts));
    }

    private static void Draw(Plot plot, int[] attempts)
    {
        double[] xs = [0, .. attempts.Distinct().Select(attempt => (double)attempt)];
        double[] ys = [.. xs.Select(x => (double)attempts.Count(attempt => attempt <= x))];
        var steps = plot.Add.Scatter(xs, ys, ChartColors.Series(0));
        steps.ConnectStyle = ConnectStyle.StepHorizontal;
        steps.LineWidth = 2;
        steps.MarkerSize = 6;
        plot.Axes.Bottom.Label.Text = "attempt";
        plot.Axes.Left.Label.Text = "rows with a CFD";
        Chart.Counts(plot.Axes.Bottom);
        Chart.Counts(plot.Axes.Left);
        plot.Axes.SetLimits(-0.02 * attempts[^1], (1.02 * attempts[^1]) + 0.5, -0.02 * attempts.Length, (1.02 * attempts.Length) + 0.5);
    }
}
