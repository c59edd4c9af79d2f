using System.Text.Json;
using System.Text.Json.Serialization;
using Cfd.MLNet.Auditing;

namespace Audit.Report;

/// <summary>The results as JSON, for other programs. Numbers that do not exist (NaN) are null.</summary>
internal static class JsonOutput
{
    private const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Fails before a long audit rather than after it.</summary>
    /// <exception cref="DirectoryNotFoundException">The file's directory does not exist.</exception>
    public static void RequireDirectory(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"--json names '{path}', but there is no directory '{directory}'.");
    }

    /// <summary>Writes the file, over an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, AuditResults results, int seed)
    {
        var (input, network, options, _) = results.Plan;
        var summary = results.Report.Summary;
        var document = new
        {
            SchemaVersion,
            Data = new { input.Name, input.Positive, input.Negative, Protected = input.ProtectedColumn, RowIds = input.RowIdWord },
            Settings = new
            {
                Seed = seed,
                summary.Budget,
                options.Schedule,
                Ranking = options.Ranking.Method,
                network.HiddenLayers,
                network.BatchSize,
                network.MaxEpochs,
            },
            Summary = new
            {
                summary.Audited,
                summary.FilteredOut,
                summary.Found,
                summary.OneShot,
                summary.NotFound,
                summary.NoCandidates,
                summary.Cancelled,
                summary.Failed,
                summary.Attempts,
                Retrains = summary.UniqueRetrains,
                summary.MemoHits,
                summary.TrainingRows,
                Seconds = summary.Duration.TotalSeconds,
            },
            Groups = results.Report.Groups.Select(group => new
            {
                group.Group,
                group.Audited,
                group.PassedPhi,
                group.Found,
                ShareFound = OrNull(group.ShareFound),
                group.FoundUnfavourable,
            }),
            Planted = PlantedView.Shares(results).Select(share => new
            {
                share.Name,
                share.Counted,
                share.Flipped,
                share.FlippedPlanted,
                share.Admitted,
                share.AdmittedPlanted,
                share.Interval.Low,
                share.Interval.High,
            }),
            Rows = results.Report.Rows.Select(row => Row(results, row)),
        };
        using var stream = File.Create(path);
        JsonSerializer.Serialize(stream, document, Options);
    }

    private static object Row(AuditResults results, AuditedRow row) => new
    {
        row.Position,
        Id = results.Test.Text(row.Position, results.Plan.Input.RowIdColumn),
        row.Group,
        row.Outcome,
        row.Reason,
        Decision = results.Plan.Input.Outcome(row.PredictedLabel),
        Score = OrNull(row.Score),
        CounterfactualScore = OrNull(row.CounterfactualScore),
        row.FlippedRows,
        row.FlippedRowIds,
        row.Attempts,
        AdmittedRows = row.AdmittedRowCount,
    };

    private static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
