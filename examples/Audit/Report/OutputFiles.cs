using Audit.CommandLine;
using Cfd.MLNet.Common;
using Cfd.MLNet.Reporting;
using Spectre.Console;

namespace Audit.Report;

/// <summary>The files that the command line asks for.</summary>
internal static class OutputFiles
{
    /// <summary>Fails before a long audit rather than after it.</summary>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="ArgumentException">Two options name one file.</exception>
    public static void RequireWritable(AuditSettings settings)
    {
        new FileRoles().Reads("--data", settings.Csv?.Path).Writes("--report", settings.Report).Writes("--json", settings.Json)
            .Writes("--journal", settings.Journal).Require();
    }

    /// <summary>Writes them, over earlier ones.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IAnsiConsole console, AuditSettings settings, AuditResults results)
    {
        if (settings.Report is { } page)
        {
            var input = results.Plan.Input;
            results.Report.SaveHtml(page, new ReportText
            {
                Title = $"Audit of {input.Name}",
                Favourable = input.Positive,
                Unfavourable = input.Negative,
                Row = input.RowIdWord,
                Remarks = input.Remarks,
            });
            console.WriteLine($"Written: {page}");
        }

        if (settings.Json is not { } json) return;
        results.Report.SaveJson(json);
        console.WriteLine($"Written: {json}");
    }
}
