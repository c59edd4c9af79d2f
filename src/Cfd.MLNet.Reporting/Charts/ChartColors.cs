using System.Text.RegularExpressions;
using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>The colours of charts, and what they are called in the page's style sheet, where dark mode has others.</summary>
internal static class ChartColors
{
    private static readonly (string Hex, string Variable)[] OfPage =
    [
        ("#1B2230", "currentColor"), ("#E6E9EF", "var(--grid)"), ("#5B6577", "var(--soft)"), ("#2F5FD0", "var(--one)"), ("#D55E00", "var(--two)"),
        ("#00876C", "var(--three)"), ("#8A4FBF", "var(--four)"), ("#A97900", "var(--five)"), ("#3A8FB7", "var(--six)"),
    ];

    public static Color Background { get; } = Colors.White;

    public static Color Text { get; } = Color.FromHex(OfPage[0].Hex);

    public static Color Grid { get; } = Color.FromHex(OfPage[1].Hex);

    public static Color Soft { get; } = Color.FromHex(OfPage[2].Hex);

    /// <summary>The first for what a chart is about, the second for what it is compared with; told apart by the colour-blind, too.</summary>
    public static Color Series(int index) => Color.FromHex(OfPage[3 + (index % (OfPage.Length - 3))].Hex);

    /// <summary>The same drawing in the page's colours.</summary>
    public static string ToPage(string svg)
        => OfPage.Aggregate(svg, (text, color) => Regex.Replace(text, color.Hex, color.Variable, RegexOptions.IgnoreCase));
}
