using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>A chart in the page: marks as SVG that fills the width there is, numbers and titles as HTML around it.</summary>
internal static class Plot
{
    /// <summary>Pixels from top to bottom.</summary>
    public const double Height = 220;

    /// <summary>Pixels above the highest tick and below the lowest.</summary>
    public const double Margin = 8;

    /// <param name="view">For numbers.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What one would read off it, for those who cannot see it.</param>
    /// <param name="x">The axis at the bottom, with its name.</param>
    /// <param name="y">The axis at the left, with its name.</param>
    /// <param name="marks">SVG, placed by <see cref="Axis.X"/> and <see cref="Y"/>.</param>
    public static Html Of(ReportView view, string title, string description, (Axis Axis, string Name) x, (Axis Axis, string Name) y, IEnumerable<Html> marks) => Html.Of($"""
        <figure class="plot"><figcaption>{title}</figcaption><div class="y-name">{y.Name}</div>
        <div class="frame"><div class="y-ticks">{y.Axis.Ticks.Reverse().Select(tick => Html.Of($"<span>{view.Numbers.Tick(tick)}</span>"))}</div>
        <svg class="marks" height="{Height}" role="img" aria-label="{title}. {description}">
        {y.Axis.Ticks.Select(tick => Html.Of($"<line class=\"rule\" x2=\"100%\" y1=\"{Y(y.Axis, tick)}\" y2=\"{Y(y.Axis, tick)}\"/>"))}
        {marks}</svg>
        <div class="ticks">{x.Axis.Ticks.Select(tick => Html.Of($"<span>{view.Numbers.Tick(tick)}</span>"))}</div></div>
        <div class="x-name">{x.Name}</div></figure>
        """);

    /// <summary>Where a value of the axis at the left stands.</summary>
    public static string Y(Axis axis, double value) => axis.Y(value, Height, Margin);
}
