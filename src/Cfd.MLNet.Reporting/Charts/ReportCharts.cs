using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>All charts of a report.</summary>
internal static class ReportCharts
{
    public static IEnumerable<Chart> All(AuditReport report, ReportText text)
    {
        var view = new ReportView(report, text);
        foreach (var comparison in report.GroupComparisons) yield return GroupShareChart.Create(comparison);
        if (view.Found.Count == 0) yield break;
        yield return LogitChart.Create(report);
        yield return AttemptChart.Create(report);
        if (PlaceboChart.Create(report) is { } placebo) yield return placebo;
        foreach (var chart in ParallelChart.Create(view).Files()) yield return chart;
    }

    /// <summary>Names of columns as a part of a file's name.</summary>
    public static string FileName(IEnumerable<string> names)
        => string.Concat(string.Join('-', names).Select(character => char.IsAsciiLetterOrDigit(character) || character == '-' ? $"{character}" : FormattableString.Invariant($"_{(int)character:x}")));
}
