using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz;

/// <summary>A page of counts, whose sections are written by the programs that count.</summary>
internal static class QualityFile
{
    /// <summary>Writes a section anew, in its place or at the end; all others stay.</summary>
    public static void Write(string path, string section, string body)
    {
        string text = File.Exists(path) ? File.ReadAllText(path) : "# Quality\n\nCounts, each written by the program that counted.\n";
        var (start, end) = Find(text, section);
        string before = start < 0 ? text.TrimEnd() + "\n\n" : text[..start], after = start < 0 ? "" : text[end..];
        OutputFile.WriteText(path, writer => writer.Write($"{before}{Title(section)}\n{body.Trim()}\n{after}"));
    }

    /// <summary>The rows of a section's table, by their first cell.</summary>
    public static Dictionary<string, string> Rows(string path, string section)
    {
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        var (start, end) = Find(text, section);
        var rows = new Dictionary<string, string>();
        foreach (string line in start < 0 ? [] : text[start..end].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
            rows[line.Split('|')[1].Trim()] = line;
        return rows;
    }

    private static string Title(string section) => $"## {section}\n";

    private static (int Start, int End) Find(string text, string section)
    {
        int start = text.IndexOf(Title(section), StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return (start, end < 0 ? text.Length : end);
    }
}
