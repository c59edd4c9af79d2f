using System.Text.Json;
using Cfd.MLNet.Common;
using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tool.Understanding;

namespace Cfd.MLNet.Tool.Outputs;

/// <summary>The folder of --out: report, JSON, model card, metrics, tables, charts, the words of the report and the settings.</summary>
internal static class OutputFolder
{
    /// <summary>Name of the page.</summary>
    public const string ReportName = "report.html";

    /// <summary>Name of the JSON file.</summary>
    public const string JsonName = "audit.json";

    /// <summary>Name of the file with the words that the JSON does not hold.</summary>
    public const string WordsName = "words.json";

    /// <summary>Name of the file that lists what was written, a path a line: nothing else is ever replaced.</summary>
    private const string ListName = "files.txt";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a new folder beside, and puts it in the place of an earlier one when it is whole.</summary>
    /// <exception cref="IOException">It cannot be written; an earlier folder stays as it was.</exception>
    public static void Write(string folder, AuditReport report, ReportText words, UnderstoodTable? table, string? settings)
    {
        string full = Path.TrimEndingDirectorySeparator(FileIdentity.Resolve(folder));
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        string old = $"{full}.{Guid.NewGuid():N}.old";
        Directory.CreateDirectory(temporary);
        try
        {
            report.SaveHtml(Path.Combine(temporary, ReportName), words);
            report.SaveJson(Path.Combine(temporary, JsonName));
            report.SaveModelCard(Path.Combine(temporary, "model-card.md"), words);
            report.SaveMetrics(Path.Combine(temporary, "metrics.json"));
            report.SaveCharts(Path.Combine(temporary, "charts"), words);
            File.WriteAllText(Path.Combine(temporary, WordsName), JsonSerializer.Serialize(words, Indented));
            if (settings is not null) File.WriteAllText(Path.Combine(temporary, "settings.json"), settings);
            string tables = Directory.CreateDirectory(Path.Combine(temporary, "tables")).FullName;
            foreach (var result in ResultTables.Of(report).Concat(table is null ? [] : [ResultTables.Columns(table)]))
            {
                TableFiles.WriteCsv(result, Path.Combine(tables, $"{result.Name}.csv"));
                TableFiles.WriteParquet(result, Path.Combine(tables, $"{result.Name}.parquet"));
            }

            string list = string.Join('\n', FilesIn(temporary).Append(ListName).Order(StringComparer.Ordinal));
            File.WriteAllText(Path.Combine(temporary, ListName), list + "\n");
            if (FirstForeign(full) is { } foreign) throw new IOException($"The folder '{folder}' holds '{foreign}', which no audit has written; nothing was replaced. Name another folder.");
            if (Directory.Exists(full)) Directory.Move(full, old);
            Directory.Move(temporary, full);
        }
        finally
        {
            if (Directory.Exists(old) && !Directory.Exists(full)) Directory.Move(old, full);
            foreach (string left in new[] { temporary, old }.Where(Directory.Exists)) Directory.Delete(left, recursive: true);
        }
    }

    /// <summary>A file of a folder that no audit has written there; null where there is none, and where there is no folder.</summary>
    public static string? FirstForeign(string folder)
    {
        if (!Directory.Exists(folder)) return null;
        string list = Path.Combine(folder, ListName);
        HashSet<string> written = File.Exists(list) ? [.. File.ReadAllLines(list)] : [];
        return FilesIn(folder).FirstOrDefault(file => !written.Contains(file));
    }

    private static IEnumerable<string> FilesIn(string folder)
        => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(entry => !Directory.Exists(entry) || !Directory.EnumerateFileSystemEntries(entry).Any())
            .Select(entry => Path.GetRelativePath(folder, entry).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>The words beside a JSON file, or the defaults.</summary>
    /// <exception cref="InvalidDataException">The file beside it is no file of words.</exception>
    public static ReportText WordsBeside(string json)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(json))!, WordsName);
        if (!File.Exists(path)) return new ReportText();
        try
        {
            return JsonSerializer.Deserialize<ReportText>(File.ReadAllText(path)) ?? new ReportText();
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} does not hold the words of a report: {broken.Message}");
        }
    }
}
