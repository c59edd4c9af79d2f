using Cfd.MLNet.Common;
using Cfd.MLNet.Reporting.Card;
using Cfd.MLNet.Reporting.Charts;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting;

/// <summary>Reports for people: a page, its tables and charts, a model card, figures for trackers, and what changed between two audits.</summary>
public static class AuditReportExtensions
{
    /// <summary>
    /// Writes the report as one HTML file, over an earlier one: it loads nothing, works without a network, in light and dark, on paper and on
    /// small screens. All text that comes from data is escaped. Written under another name in the same folder first, then renamed.
    /// </summary>
    /// <param name="report">From an audit or from a JSON file.</param>
    /// <param name="path">The file.</param>
    /// <param name="text">Words that the data cannot tell; null for the defaults.</param>
    /// <exception cref="ArgumentException">The words are in a language that there is not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveHtml(this AuditReport report, string path, ReportText? text = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        string page = ReportPage.Render(report, text ?? new ReportText());
        OutputFile.WriteText(path, writer => writer.Write(page));
    }

    /// <summary>
    /// The tables of the report as data: the audited rows with their evidence, the groups of all comparisons, the labels to review, how the model
    /// decides. The page and the tool's CSV and Parquet files show these.
    /// </summary>
    /// <param name="report">From an audit or from a JSON file.</param>
    public static IReadOnlyList<ReportTable> Tables(this AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ReportTables.Of(new ReportView(report, new ReportText()));
    }

    /// <summary>
    /// The first screen of the page as a piece of HTML, for a notebook or a page of your own: headline, caveats, groups and the map of all rows. Its
    /// style reaches nothing around it; it has no script and loads nothing.
    /// </summary>
    /// <param name="report">From an audit or from a JSON file.</param>
    /// <param name="text">Words that the data cannot tell; null for the defaults.</param>
    /// <exception cref="ArgumentException">The words are in a language that there is not.</exception>
    public static string ToHtmlFragment(this AuditReport report, ReportText? text = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Fragment.Of(new ReportView(report, text ?? new ReportText()));
    }

    /// <summary>
    /// Writes a model card in Markdown, over an earlier file: the fields of M. Mitchell et al., Model cards for model reporting, 2019, filled with what
    /// the audit knows. Text of the data is escaped.
    /// </summary>
    /// <param name="report">From an audit or from a JSON file.</param>
    /// <param name="path">The file.</param>
    /// <param name="text">Words that the data cannot tell; null for the defaults.</param>
    /// <exception cref="ArgumentException">The words are in a language that there is not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveModelCard(this AuditReport report, string path, ReportText? text = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        string card = ModelCard.Of(new ReportView(report, text ?? new ReportText()));
        OutputFile.WriteText(path, writer => writer.Write(card));
    }

    /// <summary>
    /// Writes the figures as one flat JSON object of names and numbers, over an earlier file, for trackers of experiments. Figures that cannot be told
    /// are left out; names are ASCII.
    /// </summary>
    /// <param name="report">From an audit or from a JSON file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveMetrics(this AuditReport report, string path)
    {
        ArgumentNullException.ThrowIfNull(report);
        string metrics = Metrics.Of(report).ToJsonString(new() { WriteIndented = true });
        OutputFile.WriteText(path, writer => writer.Write(metrics + "\n"));
    }

    /// <summary>
    /// Writes what changed from an earlier audit to this one as one HTML file, over an earlier file: settings, totals, groups, the rows whose answer
    /// changed, the labels to review.
    /// </summary>
    /// <param name="report">The later audit.</param>
    /// <param name="before">The earlier audit.</param>
    /// <param name="path">The file.</param>
    /// <param name="text">Words that the data cannot tell; null for the defaults.</param>
    /// <exception cref="ArgumentException">The words are in a language that there is not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveComparison(this AuditReport report, AuditReport before, string path, ReportText? text = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(before);
        string page = ComparisonPage.Render(before, report, text ?? new ReportText());
        OutputFile.WriteText(path, writer => writer.Write(page));
    }

    /// <summary>
    /// Writes the charts of the report into a folder, each as name.svg and name.png, over earlier files; the folder is made where missing.
    /// </summary>
    /// <param name="report">From an audit or from a JSON file.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="text">Words that the data cannot tell; null for the defaults.</param>
    /// <returns>The paths of the files written.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> SaveCharts(this AuditReport report, string folder, ReportText? text = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (var chart in ReportCharts.All(report, text ?? new ReportText()))
        {
            string path = Path.Combine(folder, chart.Name);
            string svg = chart.Svg();
            byte[] png = chart.Png();
            OutputFile.WriteText($"{path}.svg", writer => writer.Write(svg));
            OutputFile.Write($"{path}.png", stream => stream.Write(png));
            paths.AddRange([$"{path}.svg", $"{path}.png"]);
        }

        return paths;
    }
}
