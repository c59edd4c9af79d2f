using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>What random flips of the same number do, counterfactual dataset by counterfactual dataset, lowest rate first.</summary>
internal static class PlaceboPlot
{
    public static Html Create(ReportView view)
    {
        AuditedRow[] judged = [.. view.Found.Where(row => row.Evidence?.PlaceboRate.Total > 0).OrderBy(row => row.Evidence!.PlaceboRate.Value)];
        if (judged.Length == 0) return Html.Empty;
        var (x, y) = (Axis.Covering(0, judged.Length, isWhole: true), Axis.Covering(0, 100));
        string description = view.Say.Fill("placebo.description", judged.Count(row => row.Evidence!.PlaceboRate.Count == 0), judged.Length, view.Numbers.Percent(judged[^1].Evidence!.PlaceboRate.Value));
        return Plot.Of(view, view.Say["placebo.title"], description, (x, view.Say["placebo.x"]), (y, view.Say["placebo.y"]), judged.Select((row, i) => Mark(x, y, i + 1, row.Evidence!.PlaceboRate)));
    }

    private static Html Mark(Axis x, Axis y, int rank, Proportion rate) => Html.Of($"""
        <line class="interval thin" x1="{x.X(rank)}" x2="{x.X(rank)}" y1="{Plot.Y(y, 100 * rate.Low)}" y2="{Plot.Y(y, 100 * rate.High)}"/><circle class="dot" cx="{x.X(rank)}" cy="{Plot.Y(y, 100 * rate.Value!.Value)}" r="4"/>
        """);
}
