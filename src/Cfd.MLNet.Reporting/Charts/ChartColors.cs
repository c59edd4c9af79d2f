using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>The colours of charts, those of series told apart by the colour-blind, too.</summary>
internal static class ChartColors
{
    private static readonly string[] OfSeries = ["#2F5FD0", "#D55E00", "#00876C", "#8A4FBF", "#A97900", "#3A8FB7"];

    public static Color Background { get; } = Colors.White;

    public static Color Text { get; } = Color.FromHex("#1B2230");

    public static Color Grid { get; } = Color.FromHex("#E6E9EF");

    public static Color Soft { get; } = Color.FromHex("#5B6577");

    /// <summary>The first for what a chart is about, the second for what it is compared with.</summary>
    public static Color Series(int index) => Color.FromHex(OfSeries[index % OfSeries.Length]);
}
