using System.Globalization;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>A chart as a file of its own, drawn by ScottPlot in light colours.</summary>
/// <param name="name">Of the file, without its end; unique in a report.</param>
/// <param name="title">What it shows, in a few words.</param>
/// <param name="description">What one would read off it, for those who cannot see it.</param>
/// <param name="width">In pixels.</param>
/// <param name="height">In pixels.</param>
/// <param name="draw">Fills a plot.</param>
internal sealed partial class Chart(string name, string title, string description, int width, int height, Action<Plot> draw)
{
    /// <summary>A screen with twice the pixels shows the image sharp.</summary>
    private const float PngScale = 2;

    /// <summary>Of the title's, on average, in pixels.</summary>
    private const int WidthOfCharacter = 7;

    /// <summary>At the sides without an axis, in pixels.</summary>
    private const float Room = 16;

    public string Name => name;

    public string Title => title;

    public string Description => description;

    public int Width => width;

    public int Height => height;

    /// <summary>A file of its own.</summary>
    public string Svg() => Drawing(ChartColors.Background);

    /// <summary>A file of its own.</summary>
    public byte[] Png() => Invariantly(() =>
    {
        var plot = Plot(ChartColors.Background);
        plot.ScaleFactor = PngScale;
        return plot.GetImageBytes((int)(PngScale * width), (int)(PngScale * height), ImageFormat.Png);
    });

    /// <summary>The drawing counts its ids on from chart to chart; here they count from 0, so that a chart has the same bytes each time.</summary>
    private string Drawing(Color background)
    {
        var ids = new Dictionary<string, string>();
        return Reference().Replace(Invariantly(() => Plot(background).GetSvgXml(width, height)), match =>
        {
            string id = match.Groups[2].Value;
            if (!ids.TryGetValue(id, out string? own)) ids[id] = own = FormattableString.Invariant($"{name}-{ids.Count}");
            return match.Groups[1].Value + own;
        });
    }

    /// <summary>ScottPlot writes the numbers at its axes in the culture of the thread.</summary>
    private static T Invariantly<T>(Func<T> draw)
    {
        var own = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return draw();
        }
        finally
        {
            CultureInfo.CurrentCulture = own;
        }
    }

    private Plot Plot(Color background)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = background;
        plot.DataBackground.Color = background;
        plot.Axes.Color(ChartColors.Text);
        plot.Grid.MajorLineColor = ChartColors.Grid;
        foreach (var label in (LabelStyle[])[plot.Axes.Bottom.Label, plot.Axes.Left.Label])
        {
            label.Bold = false;
            label.FontSize = 13;
        }

        plot.Axes.Title.Label.Text = Wrapped(title, width / WidthOfCharacter);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.FontSize = 13;
        Clear(plot.Axes.Top);
        Clear(plot.Axes.Right);
        draw(plot);
        plot.Font.Set(Fonts.Sans);
        return plot;
    }

    /// <summary>As many lines as it takes, none longer than so many characters unless a word is.</summary>
    private static string Wrapped(string text, int length) => text.Split(' ').Aggregate("", (lines, word) =>
    {
        int inLine = lines.Length - 1 - lines.LastIndexOf('\n');
        return inLine == 0 ? lines + word : inLine + 1 + word.Length > length ? $"{lines}\n{word}" : $"{lines} {word}";
    });

    /// <summary>An axis of whole numbers.</summary>
    public static void Counts(IAxis axis)
    {
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        axis.MinorTickStyle.Length = 0;
    }

    /// <summary>Nothing is drawn at the side, but there is room for half of a number or mark that stands at the other axis's end.</summary>
    private static void Clear(IAxis axis)
    {
        axis.FrameLineStyle.IsVisible = false;
        axis.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        axis.MinimumSize = Room;
    }

    [GeneratedRegex(@"(\bid=""|url\(#|href=""#)([\w-]+)")]
    private static partial Regex Reference();
}
