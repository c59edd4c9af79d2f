using Cfd.MLNet.Reporting;
using Microsoft.DotNet.Interactive.Formatting;

namespace Cfd.MLNet.Interactive;

/// <summary>Audits and their reports in .NET Interactive notebooks.</summary>
public static class ReportFormatter
{
    /// <summary>
    /// Shows an <see cref="AuditReport"/>, or an <see cref="AuditRun"/> by its report, as the first screen of its page, and as its headline where a
    /// notebook shows plain text. Called once by the package itself where a notebook loads it; calling it again sets other words.
    /// </summary>
    /// <param name="text">Words that the data cannot tell; null for the defaults.</param>
    /// <exception cref="ArgumentException">The words are in a language that there is not.</exception>
    public static void Register(ReportText? text = null)
    {
        var words = text ?? new ReportText();
        if (!ReportText.Languages.Contains(words.Language))
            throw new ArgumentException($"There is no language '{words.Language}'; there are {string.Join(", ", ReportText.Languages)}.", nameof(text));
        Formatter.Register<AuditReport>(report => report.ToHtmlFragment(words), HtmlFormatter.MimeType);
        Formatter.Register<AuditRun>(run => run.Report.ToHtmlFragment(words), HtmlFormatter.MimeType);
        Formatter.Register<AuditReport>(report => report.Headline, PlainTextFormatter.MimeType);
        Formatter.Register<AuditRun>(run => run.Report.Headline, PlainTextFormatter.MimeType);
    }
}
