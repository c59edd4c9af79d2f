using System.Text;

namespace Cfd.MLNet.Common;

/// <summary>Text that every encoding can hold.</summary>
internal static class ValidText
{
    /// <summary>
    /// The text, with U+FFFD for each half of a surrogate pair that stands alone: UTF-8, and so JSON and CSV, cannot hold such a half.
    /// </summary>
    public static string Of(ReadOnlyMemory<char> text) => Of(text.ToString());

    /// <summary>As above; valid text comes back as it is.</summary>
    public static string Of(string text)
    {
        if (FirstHalf(text) < 0) return text;
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) valid.Append(rune.ToString());
        return valid.ToString();
    }

    /// <summary>Where the first half stands, or -1.</summary>
    private static int FirstHalf(string text)
    {
        for (int i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
