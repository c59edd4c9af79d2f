using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz;

/// <summary>A page of counts, whose sections are written by the programs that count.</summary>
internal static class QualityFile
{
    /// <summary>Writes a section anew, in its place or at the end; all others stay.</summary>
    public static void Write(string path, string section, string body)
    {
        string title = $"## {section}\n", text = File.Exists(path) ? File.ReadAllText(path) : "# Quality\n\nCounts, each written by the program that counted.\n";
        int start = text.IndexOf(title, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf("\n## ", start, StringComparison.Ordinal);
        string before = start < 0 ? text.TrimEnd() + "\n\n" : text[..start], after = end < 0 ? "" : text[end..];
        OutputFile.WriteText(path, writer => writer.Write($"{before}{title}\n{body.Trim()}\n{after}"));
    }
}
