using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cfd.MLNet.Reports.Validation;

namespace Cfd.MLNet.Reports;

/// <summary>What can be told of a report's JSON without knowing its members.</summary>
internal static class ReportDocument
{
    /// <summary>
    /// SHA-256 of the document without its checksum, whatever the white space: a number changed by accident is in its range as a rule, so that
    /// nothing else would notice.
    /// </summary>
    public static string Checksum(JsonObject document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.ToJsonString())));

    /// <summary>No list holds a null, no share counts more than there are.</summary>
    /// <exception cref="InvalidDataException">One does.</exception>
    public static void RequireWholeLists(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                if (items[i] is null) throw Rule.Broken($"{items.GetPath()}[{i}]", "there is null instead of a value");
                RequireWholeLists(items[i]);
            }
        }

        if (node is not JsonObject members) return;
        if (members.Count > 1 && Whole(members["count"]) is { } count && Whole(members["total"]) is { } total && (count < 0 || count > total))
            throw Rule.Broken(members.GetPath(), $"{count} of {total} is no share");
        foreach (var (_, member) in members) RequireWholeLists(member);
    }

    /// <summary>Members that follow from others must be what follows: where a document says otherwise, null where it does not.</summary>
    public static string? Difference(JsonNode? read, JsonNode? written)
    {
        switch (read, written)
        {
            case (JsonObject one, JsonObject other):
                foreach (var (name, member) in one)
                {
                    if (!other.TryGetPropertyValue(name, out var expected)) return Path(one, name);
                    if (member is null != expected is null) return Path(one, name);
                    if (Difference(member, expected) is { } path) return path;
                }

                return null;
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                for (int i = 0; i < one.Count; i++)
                {
                    if (Difference(one[i], other[i]) is { } path) return path;
                }

                return null;
            default:
                return read is null && written is null || read is JsonValue value && written is JsonValue expectedValue && AreSame(value, expectedValue)
                    ? null
                    : read?.GetPath() ?? "$";
        }
    }

    private static string Path(JsonObject parent, string name) => $"{parent.GetPath()}.{name}";

    /// <summary>Numbers up to how they are written and rounded, moments up to their time zone.</summary>
    private static bool AreSame(JsonValue one, JsonValue other)
    {
        if (one.GetValueKind() != other.GetValueKind()) return false;
        string a = one.ToString(), b = other.ToString();
        if (a == b) return true;
        return one.GetValueKind() switch
        {
            JsonValueKind.Number => double.Parse(a, CultureInfo.InvariantCulture) is var x && double.Parse(b, CultureInfo.InvariantCulture) is var y
                && (x == y || (float)x == (float)y && Math.Abs(x - y) <= 1e-6 * Math.Abs(y)),
            JsonValueKind.String => DateTimeOffset.TryParse(a, CultureInfo.InvariantCulture, out var moment)
                && DateTimeOffset.TryParse(b, CultureInfo.InvariantCulture, out var same) && moment == same,
            _ => false,
        };
    }

    private static long? Whole(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) ? number : null;
}
