using System.Text.Json;
using System.Text.Json.Serialization;
using Cfd.MLNet.Common;

namespace PaperEvaluation.Results;

/// <summary>Writes an <see cref="EvaluationDocument"/> as JSON.</summary>
internal static class ResultFile
{
    /// <summary>Names in camel case, numbers as numbers, a property for each value, null or not.</summary>
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the file, over an earlier one; whoever reads it meanwhile sees the earlier one whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, EvaluationDocument document)
        => OutputFile.Write(path, stream => JsonSerializer.Serialize(stream, document, Format));
}
