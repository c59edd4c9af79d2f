using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cfd.MLNet.Reports;

/// <summary>
/// Reports as JSON: camel case, enums by name, numbers that do not exist (NaN) as null, <c>schemaVersion</c> first. Whatever follows from
/// other members is written for readers and computed again when read.
/// </summary>
internal static class ReportJson
{
    /// <summary>Raised with each change that an older reader would not understand.</summary>
    public const int Version = 2;

    private const string VersionName = "schemaVersion";

    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(), new SingleConverter() },
    };

    public static void Write(Stream stream, AuditReport report)
    {
        var document = new JsonObject { [VersionName] = Version };
        var members = JsonSerializer.SerializeToNode(report, Settings)!.AsObject();
        foreach (var (name, value) in members.ToArray())
        {
            members.Remove(name);
            document[name] = value;
        }

        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        document.WriteTo(writer, Settings);
    }

    /// <exception cref="InvalidDataException">No report, or of a version that is not known.</exception>
    public static AuditReport Read(Stream stream)
    {
        try
        {
            var document = JsonNode.Parse(stream)?.AsObject() ?? throw new InvalidDataException("The file holds null instead of a report.");
            int? version = document[VersionName]?.GetValue<int>();
            if (version != Version)
                throw new InvalidDataException(
                    $"The report's {VersionName} is {version?.ToString() ?? "missing"}; this version of Cfd.MLNet reads {Version}. " +
                    "Read it with the version that wrote it (provenance.libraryVersion), or audit again.");
            document.Remove(VersionName);
            return document.Deserialize<AuditReport>(Settings)!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"This is no report of an audit: {failure.Message}", failure);
        }
    }

    /// <summary>The JSON Schema (draft 2020-12) of what <see cref="Write"/> writes.</summary>
    public static JsonObject Schema()
    {
        var report = Settings.GetJsonSchemaAsNode(typeof(AuditReport), new() { TreatNullObliviousAsNonNullable = true }).AsObject();
        report["properties"]!.AsObject().Insert(0, VersionName, new JsonObject { ["const"] = Version });
        report["required"]!.AsArray().Insert(0, VersionName);
        report.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        report.Insert(1, "title", "Report of a Cfd.MLNet audit");
        return report;
    }

    /// <summary>float32 with as many digits as tell it apart; NaN as null.</summary>
    private sealed class SingleConverter : JsonConverter<float>
    {
        public override bool HandleNull => true;

        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
        {
            if (float.IsNaN(value)) writer.WriteNullValue();
            else writer.WriteNumberValue(value);
        }
    }
}
