using Audit.CommandLine;
using Cfd.MLNet.Reporting;
using Spectre.Console;

namespace Audit.Report;

/// <summary>The files that the command line asks for.</summary>
internal static class OutputFiles
{
    /// <summary>Fails before a long audit rather than after it.</summary>
    /// <exception cref="DirectoryNotFoundException">A file's directory does not exist.</exception>
    public static void RequireDirectories(AuditSettings settings)
    {
        foreach (var (option, path) in ((string, string?)[])[("--report", settings.Report), ("--json", settings.Json), ("--journal", settings.Journal)])
        {
            if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
                throw new DirectoryNotFoundException($"{option} names '{path}', but there is no directory '{directory}'.");
        }
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
