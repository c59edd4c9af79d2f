using Cfd.MLNet.Common;
using Cfd.MLNet.Reporting.Charts;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting;

/// <summary>Reports for people: a page and its charts.</summary>
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
