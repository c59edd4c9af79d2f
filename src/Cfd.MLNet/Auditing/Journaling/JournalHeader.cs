using System.Text.Json;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>What a journal's retrains depend on; a journal is of use to an audit that agrees in all of it.</summary>
internal sealed record JournalHeader(IReadOnlyList<AuditSetting> Entries)
{
    /// <summary>The first word of a journal: its kind and version.</summary>
    public const string Kind = "cfd-journal-5";

    private static readonly JsonSerializerOptions Settings = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static JournalHeader Of(AuditProvenance provenance) => new(
    [
        new("training data", provenance.TrainingDataHash), new("test data", provenance.TestDataHash), new("library", TypeVersion.WithCommit(typeof(JournalHeader))),
        new("engine", provenance.Engine), new("ML.NET", provenance.MLNetVersion),
        // An audit that its time cut off may go on with more of it: rows that were not reached are not noted.
        .. provenance.Settings.Where(setting => setting.Name != nameof(AuditOptions.TimeBudget)),
    ]);

    /// <exception cref="InvalidDataException">No header, though its checksum fits.</exception>
    public static JournalHeader Parse(string words)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<AuditSetting[]>(words.AsSpan(Math.Min(words.Length, Kind.Length + 1)), Settings) ?? [];
            if (Array.TrueForAll(entries, entry => entry is not null) && entries.DistinctBy(entry => entry.Name).Count() == entries.Length) return new(entries);
            throw new InvalidDataException("The first line of the journal holds an entry twice or none at all; delete the file to audit from the start.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"The first line of the journal is no header of an audit ({failure.Message}); delete the file to audit from the start.", failure);
        }
    }

    public string ToWords() => $"{Kind} {JsonSerializer.Serialize(Entries)}";

    /// <summary>The entries in which a journal differs from an audit, as a text; null if in none.</summary>
    public static string? Difference(JournalHeader journal, JournalHeader audit)
    {
        var (was, now) = (ByName(journal), ByName(audit));
        string[] differences =
        [
            .. from name in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
               let before = was.GetValueOrDefault(name, "not there")
               let after = now.GetValueOrDefault(name, "not there")
               where before != after
               select $"{name} was {before} and is {after}",
        ];
        return differences.Length == 0 ? null : string.Join("; ", differences);

        static Dictionary<string, string> ByName(JournalHeader header) => header.Entries.ToDictionary(entry => entry.Name, entry => entry.Value);
    }
}
