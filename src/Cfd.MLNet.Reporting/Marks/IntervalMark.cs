using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>A share and its interval as a dot on a line, for a cell of a table.</summary>
internal static class IntervalMark
{
    private const double Margin = 7;

    /// <summary>An axis of shares from 0, for narrow cells.</summary>
    /// <param name="high">The largest, in [0, 1].</param>
    public static Axis AxisTo(double high)
    {
        var percent = Axis.Covering(0, 100 * high, 4);
        return new Axis(0, percent.Step / 100, percent.Steps) { Margin = Margin };
    }

    /// <summary>What stands above a column of such marks.</summary>
    public static Html Heading(ReportView view, Axis axis) => Html.Of($"""
        <th scope="col"><span class="unseen">{view.Say["answer.interval"]}</span><div class="ticks" aria-hidden="true">{axis.Ticks.Select(tick => Html.Of($"<span>{view.Numbers.Tick(100 * tick)}</span>"))}</div>
        """);

    /// <summary>The sampling interval, and on it the share or, where rows are open, its two bounds.</summary>
    public static Html Of(Axis axis, BoundedShare share) => share.Total == 0 ? Html.Empty : Html.Of($"""
        <svg class="marks" height="20" aria-hidden="true">{axis.Ticks.Select(tick => Html.Of($"<line class=\"rule\" x1=\"{axis.X(tick)}\" x2=\"{axis.X(tick)}\" y2=\"100%\"/>"))}
        <line class="interval" x1="{axis.X(share.SamplingLow)}" x2="{axis.X(share.SamplingHigh)}" y1="10" y2="10"/>{Bounds(axis, share)}</svg>
        """);

    private static Html Bounds(Axis axis, BoundedShare share) => share.IsExact ? Dot(axis, share.Lower!.Value) : Html.Of($"""
        <line class="bounds" x1="{axis.X(share.Lower!.Value)}" x2="{axis.X(share.Upper!.Value)}" y1="10" y2="10"/>{Dot(axis, share.Lower.Value)}{Dot(axis, share.Upper.Value)}
        """);

    private static Html Dot(Axis axis, double share) => Html.Of($"""<circle class="dot" cx="{axis.X(share)}" cy="10" r="5"/>""");
}
