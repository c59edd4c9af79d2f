using System.Globalization;
using System.Text;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Values from files in messages: on one line, at most 80 characters, so that no value drowns the message.</summary>
internal static class Shown
{
    /// <summary>The most characters of a value that a message shows.</summary>
    public const int Longest = 80;

    private const int MostListed = 20;

    /// <summary>A value in quotes.</summary>
    public static string Value(string value) => $"'{Plain(value)}'";

    /// <summary>A value without control characters, cut where it is too long.</summary>
    public static string Plain(string value, int longest = Longest)
    {
        bool isCut = value.Length > longest;
        var text = new StringBuilder();
        foreach (char letter in isCut ? value.AsSpan(0, longest) : value)
            text.Append(char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.Surrogate ? ' ' : letter);
        return isCut ? text.Append("...").ToString() : text.ToString();
    }

    /// <summary>The first values in quotes, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> values, int most = MostListed)
        => string.Join(", ", values.Take(most).Select(value => Value(Plain(value, Longest / 2)))) +
           (values.Count > most ? $" and {Count(values.Count - most)} more" : "");

    /// <summary>A count, e.g. 1,200.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun, e.g. "1 row", "2 rows".</summary>
    public static string Counted(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>A share in percent, e.g. "80 %"; with a decimal below 10 %.</summary>
    public static string Share(long count, long total)
    {
        double percent = total == 0 ? 0 : 100.0 * count / total;
        return percent.ToString(percent is > 0 and < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A value as an argument that a shell passes on unchanged.</summary>
    public static string Argument(string value)
        => value.Length > 0 && value.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/') ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
