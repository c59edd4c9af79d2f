using System.CommandLine;
using Cfd.MLNet.Tool.CommandLine;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>Where words for people, errors and data go.</summary>
/// <param name="Console">For people.</param>
/// <param name="Error">For errors.</param>
/// <param name="Data">For data, where an output is "-".</param>
internal sealed record Screen(IAnsiConsole Console, TextWriter Error, Stream Data)
{
    private const int PipedWidth = 100;

    /// <summary>The screen of a command line: people read standard error where data goes to standard output.</summary>
    public static Screen Of(ParseResult line, bool usesStandardOutput, bool isQuiet)
    {
        var streams = line.InvocationConfiguration;
        var writer = isQuiet ? TextWriter.Null : usesStandardOutput ? streams.Error : streams.Output;
        bool isPiped = isQuiet || (usesStandardOutput ? System.Console.IsErrorRedirected : System.Console.IsOutputRedirected) || writer is StringWriter;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isPiped ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isPiped) console.Profile.Width = PipedWidth;
        Stream data = streams.Output is StringWriter text ? new TextStream(text) : System.Console.OpenStandardOutput();
        return new Screen(console, streams.Error, data);
    }

    /// <summary>Runs a command; turns failures that the user can mend into one message and an exit code.</summary>
    public static int Run(ParseResult line, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception failure) when (ErrorText.IsExpected(failure))
        {
            line.InvocationConfiguration.Error.WriteLine($"Error: {ErrorText.Of(failure)}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Bytes of UTF-8 as text, for tests that catch the output.</summary>
    private sealed class TextStream(StringWriter text) : MemoryStream
    {
        public override void Flush()
        {
            text.Write(System.Text.Encoding.UTF8.GetString(ToArray()));
            SetLength(0);
        }
    }
}
