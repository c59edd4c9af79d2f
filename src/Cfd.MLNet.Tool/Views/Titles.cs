using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>Headings, and sentences that wrap.</summary>
internal static class Titles
{
    /// <summary>A heading; its text is plain, whatever brackets it holds.</summary>
    public static void Write(IAnsiConsole console, string title)
        => console.Write(new Rule($"[bold]{Markup.Escape(title)}[/]").LeftJustified());

    /// <summary>A sentence that people must see.</summary>
    public static void Warn(IAnsiConsole console, string sentence) => console.Write(new Paragraph($"Warning: {sentence}\n", new Style(Color.Yellow)));
}
