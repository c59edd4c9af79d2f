using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using PaperEvaluation.Results;

using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;

namespace Cfd.MLNet.Tests.PaperEvaluation;

/// <summary>The schema of the evaluation's JSON: as the records have it, as the repository documents it, and as a check of a document.</summary>
internal static class EvaluationSchema
{
    public static string File { get; } = Path.Combine(RepositoryFiles.Root, "examples", "PaperEvaluation", "evaluation.schema.json");

    /// <summary>Made from the records and the descriptions of their properties.</summary>
    public static string OfRecords()
    {
        ResultFile.Format.MakeReadOnly(populateMissingResolver: true);
        var schema = (JsonObject)ResultFile.Format.GetJsonSchemaAsNode(typeof(EvaluationDocument), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
                if (node is JsonObject described && attributes.GetCustomAttributes(typeof(DescriptionAttribute), false) is [DescriptionAttribute text])
                    described.Insert(0, "description", text.Description);
                return node;
            },
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    /// <summary>Checks types, properties and enumerations of a document against the documented schema.</summary>
    public static void Check(string json)
        => Check(JsonNode.Parse(json), (JsonObject)JsonNode.Parse(System.IO.File.ReadAllText(File))!, "$");

    private static void Check(JsonNode? node, JsonObject schema, string path)
    {
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => (string)type!)],
            { } one => [(string)one!],
            null => [],
        };
        string type = node?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => types.Contains("integer") && !node!.ToJsonString().Contains('.') ? "integer" : "number",
        };
        if (types.Length > 0) Assert.Contains(type, types, path);
        if (schema["enum"] is JsonArray names) Assert.Contains((string)node!, names.Select(name => (string)name!), path);
        if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++) Check(items[i], (JsonObject)schema["items"]!, $"{path}[{i}]");
        }

        if (node is not JsonObject members) return;
        var properties = (JsonObject)schema["properties"]!;
        foreach (var (name, value) in members)
        {
            Assert.IsTrue(properties.ContainsKey(name), $"{path}.{name} is not in the schema");
            Check(value, (JsonObject)properties[name]!, $"{path}.{name}");
        }

        foreach (var (name, _) in properties) Assert.IsTrue(members.ContainsKey(name), $"{path}.{name} is missing");
    }
}
