using System.Text.Json.Nodes;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>All options that can change an answer, as names and texts.</summary>
internal static class SettingsReader
{
    /// <summary>Those that change the time or the place of files alone.</summary>
    private static readonly string[] Left = [nameof(SearchOptions.MaxDegreeOfParallelism), nameof(SearchOptions.MemoBytes), nameof(AuditOptions.JournalPath), nameof(AuditOptions.JournalChecks), "Ranking.MemoryBytes"];

    /// <summary>The members of an options record, in ordinal order of their names; prefix: put before each name, with a dot.</summary>
    public static IReadOnlyList<AuditSetting> Read<T>(string prefix, T options)
        => [.. Flatten(prefix, OptionsJson.ToNode(options)).Where(setting => !Left.Contains(setting.Name))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal)];

    private static IEnumerable<AuditSetting> Flatten(string name, JsonNode? node) => node is JsonObject members
        ? members.SelectMany(member => Flatten(name.Length == 0 ? member.Key : $"{name}.{member.Key}", member.Value))
        : [new AuditSetting(name, Text(node))];

    private static string Text(JsonNode? node) => node switch
    {
        null => "null",
        JsonArray items => $"[{string.Join(", ", items.Select(Text))}]",
        _ => node.ToString(),
    };
}
