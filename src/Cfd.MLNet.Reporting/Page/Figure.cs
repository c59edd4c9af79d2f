using Cfd.MLNet.Reporting.Charts;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>A chart in the page, with its caption; the page's script adds buttons that save it.</summary>
internal static class Figure
{
    public static Html Of(Chart chart) => Of(chart, chart.Inner());

    /// <summary>A chart whose drawing the caller puts together.</summary>
    public static Html Of(Chart chart, Html inner) => Html.Of($"""
        <figure data-chart="{chart.Name}"><svg viewBox="0 0 {chart.Width} {chart.Height}" role="img" aria-label="{chart.Title}. {chart.Description}">{inner}</svg>
        <figcaption><span>{chart.Title}</span></figcaption></figure>
        """);
}
