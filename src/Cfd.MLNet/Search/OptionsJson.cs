using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cfd.MLNet.Search;

/// <summary>Options as JSON; filters by their names, budgets as a count or a share.</summary>
internal static class OptionsJson
{
    private static readonly JsonSerializerOptions Settings = new()
    {
        Converters =
        {
            new JsonStringEnumConverter(),
            new NameConverter<TestRowFilter>(filter => filter.Name, TestRowFilter.ProtectedAttributeInvariant, TestRowFilter.None),
            new NameConverter<TrainingRowFilter>(filter => filter.Name, TrainingRowFilter.SameGroupLabelAndPrediction, TrainingRowFilter.None),
            new BudgetConverter(),
        },
    };

    public static string ToJson<T>(T options) => JsonSerializer.Serialize(options, Settings);

    public static JsonNode ToNode<T>(T options) => JsonSerializer.SerializeToNode(options, Settings)!;

    public static T Parse<T>(string json)
        => JsonSerializer.Deserialize<T>(json, Settings) ?? throw new InvalidDataException("The saved options are empty.");

    /// <summary>A filter by its name.</summary>
    private sealed class NameConverter<T>(Func<T, string> nameOf, params T[] known) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            string? name = reader.GetString();
            return Array.Find(known, filter => nameOf(filter) == name) ?? throw new InvalidDataException($"The saved filter '{name}' is unknown to this version.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(nameOf(value));
    }

    private sealed class BudgetConverter : JsonConverter<FlipBudget>
    {
        public override FlipBudget Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.TryGetProperty(nameof(FlipBudget.Count), out var count)
                ? FlipBudget.OfRows(count.GetInt32())
                : FlipBudget.OfShare(document.RootElement.GetProperty(nameof(FlipBudget.Share)).GetDouble());
        }

        public override void Write(Utf8JsonWriter writer, FlipBudget value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.Count is { } count) writer.WriteNumber(nameof(FlipBudget.Count), count);
            else writer.WriteNumber(nameof(FlipBudget.Share), value.Share!.Value);
            writer.WriteEndObject();
        }
    }
}
