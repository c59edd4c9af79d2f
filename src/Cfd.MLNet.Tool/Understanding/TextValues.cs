using System.Globalization;
using System.Text;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>A column as categories: the different values, and which each row has. Immutable.</summary>
/// <param name="Values">The different values, in the order of their first rows.</param>
/// <param name="Codes">For each row the position of its value; -1: missing.</param>
internal sealed record TextValues(IReadOnlyList<string> Values, IReadOnlyList<int> Codes)
{
    /// <summary>Without blanks and characters that nobody sees, and composed alike: two values that look the same are.</summary>
    private static string Bare(string value)
        => string.Concat(value.Where(letter => !char.IsWhiteSpace(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control))).Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    private static readonly char[] MarksAtEnds = [.. ".,;:!*'\"`"];

    /// <summary>How many rows have a value, for each value.</summary>
    public int[] Counts(IEnumerable<int> rows)
    {
        int[] counts = new int[Values.Count];
        foreach (int row in rows)
        {
            if (Codes[row] >= 0) counts[Codes[row]]++;
        }

        return counts;
    }

    /// <summary>The values as texts.</summary>
    public static TextValues OfTexts(RawColumn fields, MissingMarkers markers, bool ignoreCase)
    {
        var codes = new int[fields.Count];
        var known = new Dictionary<string, int>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        var values = new List<string>();
        char[] letters = new char[256];
        var reader = fields.Read();
        for (int row = 0; row < codes.Length; row++)
        {
            var field = reader.Next();
            if (markers.IsMissing(field))
            {
                codes[row] = -1;
                continue;
            }

            if (field.Length > letters.Length) letters = new char[2 * field.Length];
            var text = letters.AsSpan(0, Encoding.UTF8.GetChars(field, letters));
            if (!lookup.TryGetValue(text, out codes[row]))
            {
                codes[row] = values.Count;
                values.Add(text.ToString());
                known.Add(values[^1], codes[row]);
            }
        }

        return new TextValues(values, codes);
    }

    /// <summary>Numbers as categories: 1, 1.0 and 1,0 are one value.</summary>
    public static TextValues OfNumbers(RawColumn fields, MissingMarkers markers, char decimalMark)
    {
        var codes = new int[fields.Count];
        var known = new Dictionary<double, int>();
        var values = new List<string>();
        var reader = fields.Read();
        for (int row = 0; row < codes.Length; row++)
        {
            var field = reader.Next();
            codes[row] = -1;
            if (markers.IsMissing(field) || !NumberText.TryParse(field, decimalMark, out double number)) continue;
            if (!known.TryGetValue(number, out codes[row]))
            {
                codes[row] = values.Count;
                values.Add(number.ToString("R", CultureInfo.InvariantCulture));
                known.Add(number, codes[row]);
            }
        }

        return new TextValues(values, codes);
    }

    /// <summary>Values that are the same but for case, blanks, invisible characters and marks at their ends ("yes", "Yes " and "yes."), in groups of two and more.</summary>
    public static IEnumerable<IReadOnlyList<string>> SameButForCase(IEnumerable<string> values)
        => values.GroupBy(value => Bare(value) is var bare && bare.Trim(MarksAtEnds) is { Length: > 0 } core ? core : bare)
            .Select(group => group.ToArray()).Where(group => group.Length > 1);
}
