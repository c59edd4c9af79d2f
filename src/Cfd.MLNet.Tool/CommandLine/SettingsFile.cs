using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>
/// A command line as a JSON file: a property for each option, without its dashes, and "files". What stands on the command line
/// itself goes before the file. Paths mean the same as on the command line: they are relative to the current folder.
/// </summary>
internal static class SettingsFile
{
    private const string Files = "files";
    private static readonly string[] NotSaved = ["--settings", "--save-settings", "--help", .. ClusterOptionSet.Names];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts the options of the file that --settings names into the arguments.</summary>
    /// <exception cref="ArgumentException">The file is no settings file, or names an unknown option.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string[] Expand(string[] args, Command command)
    {
        int at = Array.FindIndex(args, arg => arg == "--settings" || arg.StartsWith("--settings=", StringComparison.Ordinal));
        if (at < 0 || (args[at] == "--settings" && at + 1 >= args.Length)) return args;
        string path = args[at] == "--settings" ? args[at + 1] : args[at]["--settings=".Length..];
        var known = command.Options.ToDictionary(option => option.Name, StringComparer.Ordinal);
        var given = args.Select(arg => arg.Split('=')[0]).SelectMany(arg => command.Options.Where(option => option.Name == arg || option.Aliases.Contains(arg))).ToHashSet();
        var line = command.Parse(args);
        bool hasFiles = command.Arguments.Any(argument => line.GetResult(argument) is { Tokens.Count: > 0 });
        var added = new List<string>();
        foreach (var (name, value) in Read(path))
        {
            if (name == Files)
            {
                if (!hasFiles) added.AddRange(Values(value, path));
                continue;
            }

            if (!known.TryGetValue($"--{name}", out var option) || NotSaved.Contains(option.Name))
                throw new ArgumentException($"{path} has the property '{name}', which is no option of cfd {command.Name}; cfd {command.Name} --help lists them.");
            if (given.Contains(option)) continue;
            foreach (string text in Values(value, path))
            {
                if (option.ValueType == typeof(bool) && text is not ("true" or "false")) throw new ArgumentException($"{path}: '{name}' is '{Shown.Plain(text)}'; allowed are true and false.");
                if (option.ValueType == typeof(bool) && text == "false") continue;
                added.AddRange(option.ValueType == typeof(bool) ? [option.Name] : text.StartsWith('-') ? [$"{option.Name}={text}"] : [option.Name, text]);
            }
        }

        return [.. args, .. added];
    }

    /// <summary>The options given on a command line, as the text of a settings file.</summary>
    public static string Text(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var root = new JsonObject();
        foreach (var argument in command.Arguments)
        {
            if (line.GetResult(argument) is { Tokens.Count: > 0 } result) root[Files] = new JsonArray([.. result.Tokens.Select(token => JsonValue.Create(token.Value))]);
        }

        foreach (var option in command.Options.Where(option => !NotSaved.Contains(option.Name)))
        {
            if (line.GetResult(option) is not { Implicit: false } result) continue;
            string[] values = [.. result.Tokens.Select(token => token.Value)];
            root[option.Name[2..]] = option.ValueType == typeof(bool) ? JsonValue.Create(true) : values.Length == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        }

        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) throw new ArgumentException($"--settings names '{path}', which is a directory; name a file that --save-settings has written.");
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw new ArgumentException($"{path} is no settings file: it holds no JSON object.");
        }
        catch (JsonException broken)
        {
            throw new ArgumentException($"{path} is no settings file: {broken.Message}");
        }
    }

    private static IEnumerable<string> Values(JsonNode? value, string path) => value switch
    {
        JsonArray array => array.SelectMany(item => Values(item, path)),
        JsonValue single => [single.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? single.ToString().ToLowerInvariant() : single.ToString()],
        _ => throw new ArgumentException($"{path}: a value is a text, a number, true, false, or a list of these."),
    };
}
