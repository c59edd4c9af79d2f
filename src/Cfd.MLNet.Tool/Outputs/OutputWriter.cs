using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tool.Understanding;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Outputs;

/// <summary>Writes all outputs that are asked for.</summary>
internal static class OutputWriter
{
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IAnsiConsole console, Stream standardOutput, OutputSettings outputs, AuditReport report, ReportText words, UnderstoodTable? table, string? settings)
    {
        Write(outputs.Report, path => report.SaveHtml(path, words));
        Write(outputs.Json, report.SaveJson);
        if (outputs.Folder is not { } folder) return;
        OutputFolder.Write(folder, report, words, table, settings);
        console.WriteLine($"Written: {Path.Combine(folder, OutputFolder.ReportName)}, {OutputFolder.JsonName}, tables, charts");

        void Write(string? path, Action<string> write)
        {
            if (path is null) return;
            StandardOutput.Write(path, standardOutput, write);
            if (path != OutputSettings.Standard) console.WriteLine($"Written: {path}");
        }
    }
}
