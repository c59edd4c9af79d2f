using System.CommandLine;
using System.CommandLine.Invocation;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>--help: options in groups, lines of at most 80 letters, piped or not.</summary>
internal sealed class GroupedHelp(IReadOnlyDictionary<Command, IReadOnlyList<OptionGroup>> groups, IReadOnlyDictionary<Command, string> texts) : SynchronousCommandLineAction
{
    private const int Width = 80;
    private const int Indent = 26;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(texts.GetValueOrDefault(command, command.Description ?? ""));
        foreach (var argument in command.Arguments)
        {
            output.WriteLine();
            Pair(output, argument.Name, argument.Description ?? "");
        }

        if (command.Subcommands.Count > 0)
        {
            output.WriteLine("\nCommands:");
            foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden)) Pair(output, sub.Name, sub.Description ?? "");
        }

        foreach (var group in groups.GetValueOrDefault(command, []))
        {
            output.WriteLine($"\n{group.Title}:");
            foreach (var option in group.Options) Pair(output, Names(option), option.Description ?? "");
        }

        return ExitCodes.Done;
    }

    private static string Names(Option option)
    {
        string shorts = string.Concat(option.Aliases.Select(alias => $"{alias}, "));
        bool isFlag = option.ValueType == typeof(bool);
        return $"{shorts}{option.Name}{(isFlag ? "" : $" {option.HelpName ?? "VALUE"}")}";
    }

    private static void Pair(TextWriter output, string left, string right)
    {
        string[] lines = [.. Wrap(right, Width - Indent)];
        // Choices may be long: then they wrap by themselves, and the words begin below.
        string[] heads = [.. Wrap(left.Replace("|", "| ", StringComparison.Ordinal), Width - 4).Select(head => head.Replace("| ", "|", StringComparison.Ordinal))];
        int next = 0;
        foreach (string head in heads[..^1]) output.WriteLine($"  {head}");
        output.WriteLine(heads[^1].Length + 3 < Indent ? $"  {heads[^1].PadRight(Indent - 2)}{(lines.Length > 0 ? lines[next++] : "")}".TrimEnd() : $"  {heads[^1]}");
        foreach (string line in lines[next..]) output.WriteLine($"{new string(' ', Indent)}{line}");
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
