using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cfd.MLNet.Reports.Validation;

namespace Cfd.MLNet.Reports;

/// <summary>
/// Reports as JSON: camel case, enums by name, numbers that do not exist (NaN, infinities) as null, <c>schemaVersion</c> first,
/// <c>checksum</c> last. Whatever follows from other members is written for readers, and must be what follows when read. Members that this
/// version does not know are refused: they may change what the others mean. The checksum must be there and fit:
/// a report that was changed says no more what an audit found.
/// </summary>
internal static class ReportJson
{
    /// <summary>Raised with each change that an older reader would not understand.</summary>
    public const int Version = 5;

    private const string VersionName = "schemaVersion", ChecksumName = "checksum";

    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(), new SingleConverter(), new DoubleConverter() },
    };

    public static void Write(Stream stream, AuditReport report)
    {
        var document = ToDocument(report);
        document[ChecksumName] = ReportDocument.Checksum(document);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        document.WriteTo(writer, Settings);
    }

    /// <exception cref="InvalidDataException">No report, of a version that is not known, or one that does not hold together; with the place.</exception>
    public static AuditReport Read(Stream stream)
    {
        try
        {
            var document = JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new InvalidDataException("This is no report of an audit: the file holds another kind of JSON than an object ($).");
            RequireVersion(document);
            string checksum = TakeChecksum(document);
            ReportDocument.RequireWholeLists(document);
            string actual = ReportDocument.Checksum(document);
            document.Remove(VersionName);
            var report = document.Deserialize<AuditReport>(Settings)!;
            ReportValidator.Require(report);
            var again = ToDocument(report);
            again.Remove(VersionName);
            if (ReportDocument.Difference(document, again) is { } path) throw Rule.Broken(path, "it does not follow from the other members");
            if (checksum != actual) throw Rule.Broken($"$.{ChecksumName}", "it is not that of the other members");
            return report;
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"This is no report of an audit: {failure.Message}{(failure.Path is { } path && !failure.Message.Contains(path, StringComparison.Ordinal) ? $" ({path})" : "")}", failure);
        }
        // Texts that are no Unicode, and numbers that a constructor turns away.
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"This is no report of an audit: {failure.Message}", failure);
        }
    }

    /// <summary>The JSON Schema (draft 2020-12) of what <see cref="Write"/> writes.</summary>
    public static JsonObject Schema()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => IsReal(context.TypeInfo.Type) ? Real() : schema };
        var report = Settings.GetJsonSchemaAsNode(typeof(AuditReport), options).AsObject();
        report["properties"]![ChecksumName] = new JsonObject { ["type"] = "string" };
        report["properties"]!.AsObject().Insert(0, VersionName, new JsonObject { ["const"] = Version });
        report["required"]!.AsArray().Insert(0, VersionName);
        report["required"]!.AsArray().Add(ChecksumName);
        report.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        report.Insert(1, "title", "Report of a Cfd.MLNet audit");
        return report;

        static bool IsReal(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var real && (real == typeof(float) || real == typeof(double));

        static JsonObject Real() => new() { ["type"] = new JsonArray("number", "null") };
    }

    private static JsonObject ToDocument(AuditReport report)
    {
        var document = new JsonObject { [VersionName] = Version };
        var members = JsonSerializer.SerializeToNode(report, Settings)!.AsObject();
        foreach (var (name, value) in members.ToArray())
        {
            members.Remove(name);
            document[name] = value;
        }

        return document;
    }

    private static void RequireVersion(JsonObject document)
    {
        var version = document[VersionName];
        if (version?.GetValueKind() != JsonValueKind.Number || version.ToJsonString() != Version.ToString(CultureInfo.InvariantCulture))
            throw new InvalidDataException(
                $"The report's {VersionName} is {version?.ToJsonString() ?? "missing"}; this version of Cfd.MLNet reads {Version}. " +
                "Read it with the version that wrote it (provenance.libraryVersion), or audit again.");
    }

    private static string TakeChecksum(JsonObject document)
    {
        var checksum = document[ChecksumName];
        if (checksum?.GetValueKind() != JsonValueKind.String) throw Rule.Broken($"$.{ChecksumName}", checksum is null ? "it is missing: the report was changed" : "it is no text");
        document.Remove(ChecksumName);
        return checksum.GetValue<string>();
    }

    /// <summary>float32 with as many digits as tell it apart; what is no finite number as null.</summary>
    private sealed class SingleConverter : JsonConverter<float>
    {
        public override bool HandleNull => true;

        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
        {
            if (float.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }

    /// <summary>float64; what is no finite number as null.</summary>
    private sealed class DoubleConverter : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
