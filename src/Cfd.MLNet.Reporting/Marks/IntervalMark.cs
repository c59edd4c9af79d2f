using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>A share and its interval as a dot on a line, for a cell of a table.</summary>
internal static class IntervalMark
{
    public static Html Of(Axis axis, Proportion share) => share.Total == 0 ? Html.Empty : Html.Of($"""
        <svg class="marks" height="20" aria-hidden="true">{axis.Ticks.Select(tick => Html.Of($"<line class=\"rule\" x1=\"{axis.X(tick)}\" x2=\"{axis.X(tick)}\" y2=\"100%\"/>"))}
        <line class="interval" x1="{axis.X(share.Low)}" x2="{axis.X(share.High)}" y1="10" y2="10"/><circle class="dot" cx="{axis.X(share.Value!.Value)}" cy="10" r="5"/></svg>
        """);
}
