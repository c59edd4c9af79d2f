using System.Text.Json;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>What a journal's retrains depend on; a journal is of use to an audit that agrees in all of it.</summary>
internal sealed record JournalHeader(IReadOnlyList<AuditSetting> Entries)
{
    /// <summary>The first word of a journal: its kind and version.</summary>
    public const string Kind = "cfd-journal-2";

    public static JournalHeader Of(AuditProvenance provenance) => new(
    [
        new("training data", provenance.TrainingDataHash), new("test data", provenance.TestDataHash), new("library", provenance.LibraryVersion),
        new("engine", provenance.Engine), new("ML.NET", provenance.MLNetVersion), .. provenance.Settings,
    ]);

    public static JournalHeader Parse(string words) => new(JsonSerializer.Deserialize<AuditSetting[]>(words[(Kind.Length + 1)..])!);

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
