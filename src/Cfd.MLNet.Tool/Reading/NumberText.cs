using System.Buffers;
using System.Globalization;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// Numbers as people write them: with a sign before or after it, in brackets for a negative one, with a currency or a percent sign, with
/// marks between thousands (comma, point, blank, apostrophe), with an exponent. Marks between thousands must stand before groups of three.
/// </summary>
internal static class NumberText
{
    /// <summary>What stands beside a number: nothing.</summary>
    public const int Bare = 0;

    /// <summary>What stands beside a number: a percent sign.</summary>
    public const int Percent = 1;

    private const int Longest = 48;

    // The network computes with float; beyond this even its squares leave the range.
    private const double Largest = 1e18;

    private static readonly byte[][] Signs =
    [
        "%"u8.ToArray(), "$"u8.ToArray(), "\u20AC"u8.ToArray(), "\u00A3"u8.ToArray(), "\u00A5"u8.ToArray(), "US$"u8.ToArray(), "USD"u8.ToArray(),
        "EUR"u8.ToArray(), "GBP"u8.ToArray(), "CHF"u8.ToArray(), "Fr."u8.ToArray(), "kr."u8.ToArray(), "kr"u8.ToArray(), "Rs."u8.ToArray(), "INR"u8.ToArray(), "JPY"u8.ToArray(),
    ];

    private static readonly SearchValues<byte> Plain = SearchValues.Create("0123456789.-"u8);
    private static readonly byte[][] Minuses = ["-"u8.ToArray(), "\u2212"u8.ToArray()];
    private static readonly byte[][] Blanks = [" "u8.ToArray(), "\u00A0"u8.ToArray(), "\u202F"u8.ToArray(), "\u2009"u8.ToArray()];
    private static readonly byte[][] Groupings = [.. Blanks, "'"u8.ToArray(), "\u2019"u8.ToArray()];

    /// <summary>The number that a field is with this decimal mark.</summary>
    /// <returns>False where it is none, or is not finite, or larger than any measure of people.</returns>
    public static bool TryParse(ReadOnlySpan<byte> field, char decimalMark, out double value)
    {
        if (decimalMark == '.' && field.Length is > 0 and < Longest && field.IndexOfAnyExcept(Plain) < 0 && double.TryParse(field, CultureInfo.InvariantCulture, out value))
            return Math.Abs(value) <= Largest;
        Span<byte> plain = stackalloc byte[Longest];
        var shape = Shape(field, plain, out int length, out bool isNegative, out _);
        value = 0;
        if (shape == NumberShape.None || shape == (decimalMark == '.' ? NumberShape.Comma : NumberShape.Point)) return false;
        Span<byte> digits = stackalloc byte[Longest];
        int used = 0;
        foreach (byte letter in plain[..length])
        {
            if (letter is not ((byte)'.' or (byte)',')) digits[used++] = letter;
            else if (letter == decimalMark) digits[used++] = (byte)'.';
        }

        if (!double.TryParse(digits[..used], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)) return false;
        if (isNegative) value = -value;
        return Math.Abs(value) <= Largest;
    }

    /// <summary>As the bytes of a text.</summary>
    public static bool TryParse(string text, char decimalMark, out double value) => TryParse(System.Text.Encoding.UTF8.GetBytes(text), decimalMark, out value);

    /// <summary>How a field is written.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    /// <param name="beside"><see cref="Bare"/>, <see cref="Percent"/>, or another number for each currency.</param>
    public static NumberShape Shape(ReadOnlySpan<byte> field, out int beside)
    {
        beside = Bare;
        if (PlainShape(field) is { } shape) return shape;
        Span<byte> plain = stackalloc byte[Longest];
        return Shape(field, plain, out _, out _, out beside);
    }

    /// <summary>The shape of digits with at most a minus before and a point among them, which most numbers are; null for other fields.</summary>
    private static NumberShape? PlainShape(ReadOnlySpan<byte> field)
    {
        if (field.Length is 0 or >= Longest) return null;
        int start = field[0] == '-' ? 1 : 0, point = -1;
        for (int at = start; at < field.Length; at++)
        {
            if (field[at] == '.' && point < 0) point = at;
            else if (!char.IsAsciiDigit((char)field[at])) return null;
        }

        int before = (point < 0 ? field.Length : point) - start, after = field.Length - point - 1;
        if (before == 0) return null;
        return point < 0 ? NumberShape.Whole : IsAmbiguous(before, after, field[start]) ? NumberShape.AmbiguousPoint : NumberShape.Point;
    }

    private static NumberShape Shape(ReadOnlySpan<byte> field, Span<byte> plain, out int length, out bool isNegative, out int beside)
    {
        (length, isNegative, beside) = (0, false, Bare);
        if (field.Length is 0 or >= Longest || field.IndexOfAnyInRange((byte)'0', (byte)'9') < 0) return NumberShape.None;
        var core = Core(field, ref isNegative, ref beside);
        // Blanks and apostrophes between digits stand for marks between thousands; they become '_'.
        for (int at = 0; at < core.Length;)
        {
            byte letter = core[at];
            if (letter is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)',')
            {
                plain[length++] = letter;
                at++;
                continue;
            }

            if (letter is (byte)'e' or (byte)'E')
            {
                var exponent = core[(at + 1)..];
                if (length == 0 || exponent.Length == 0 || !IsExponent(exponent)) return NumberShape.None;
                int mantissa = length;
                plain[length++] = (byte)'e';
                exponent.CopyTo(plain[length..]);
                length += exponent.Length;
                return WithExponent(plain[..mantissa]);
            }

            int grouping = Starts(core[at..], Groupings);
            if (grouping < 0 || length == 0) return NumberShape.None;
            plain[length++] = (byte)'_';
            at += Groupings[grouping].Length;
        }

        return Marks(plain, ref length);
    }

    /// <summary>The digits and what stands between them, without signs.</summary>
    private static ReadOnlySpan<byte> Core(ReadOnlySpan<byte> rest, ref bool isNegative, ref int beside)
    {
        if (rest.Length > 2 && rest[0] == '(' && rest[^1] == ')')
        {
            rest = rest[1..^1];
            isNegative = true;
        }

        for (int before = -1; before != rest.Length && rest.Length > 0;)
        {
            before = rest.Length;
            if (Starts(rest, Blanks) is >= 0 and var leading) rest = rest[Blanks[leading].Length..];
            if (Ends(rest, Blanks) is >= 0 and var trailing) rest = rest[..^Blanks[trailing].Length];
            if (Starts(rest, Minuses) is >= 0 and var minus)
            {
                rest = rest[Minuses[minus].Length..];
                isNegative = !isNegative;
            }
            else if (rest.EndsWith("-"u8))
            {
                rest = rest[..^1];
                isNegative = !isNegative;
            }
            else if (rest.StartsWith("+"u8))
            {
                rest = rest[1..];
            }

            if (beside != Bare || rest.Length == 0) continue;
            if (!char.IsAsciiDigit((char)rest[0]) && Starts(rest, Signs) is >= 0 and var start)
            {
                rest = rest[Signs[start].Length..];
                beside = start + 1;
            }
            else if (!char.IsAsciiDigit((char)rest[^1]) && Ends(rest, Signs) is >= 0 and var end)
            {
                rest = rest[..^Signs[end].Length];
                beside = end + 1;
            }
        }

        return rest;
    }

    /// <summary>The shape by the marks among the digits; those between thousands must be right.</summary>
    private static NumberShape Marks(Span<byte> plain, ref int length)
    {
        var text = plain[..length];
        if (text.Length == 0 || text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0) return NumberShape.None;
        int points = text.Count((byte)'.'), commas = text.Count((byte)','), groups = text.Count((byte)'_');
        if (groups > 0)
        {
            int mark = text.IndexOfAny((byte)'.', (byte)',');
            var whole = mark < 0 ? text : text[..mark];
            if (points + commas > 1 || whole.Count((byte)'_') != groups || !AreThousands(whole, (byte)'_')) return NumberShape.None;
            int kept = 0;
            foreach (byte letter in text)
            {
                if (letter != '_') plain[kept++] = letter;
            }

            length = kept;
            return points == 1 ? NumberShape.Point : commas == 1 ? NumberShape.Comma : NumberShape.Whole;
        }

        if (points + commas == 0) return NumberShape.Whole;
        if (points > 0 && commas > 0)
        {
            bool isPointLast = text.LastIndexOf((byte)'.') > text.LastIndexOf((byte)',');
            byte last = (byte)(isPointLast ? '.' : ','), thousands = (byte)(isPointLast ? ',' : '.');
            if ((isPointLast ? points : commas) > 1 || !AreThousands(text[..text.LastIndexOf(last)], thousands)) return NumberShape.None;
            return isPointLast ? NumberShape.Point : NumberShape.Comma;
        }

        bool isPoint = points > 0;
        if (points + commas > 1) return !AreThousands(text, (byte)(isPoint ? '.' : ',')) ? NumberShape.None : isPoint ? NumberShape.Comma : NumberShape.Point;
        int before = text.IndexOfAny((byte)'.', (byte)','), after = text.Length - before - 1;
        return IsAmbiguous(before, after, text[0]) ? isPoint ? NumberShape.AmbiguousPoint : NumberShape.AmbiguousComma : isPoint ? NumberShape.Point : NumberShape.Comma;
    }

    private static bool IsAmbiguous(int before, int after, byte first) => after == 3 && before is >= 1 and <= 3 && first != '0';

    private static NumberShape WithExponent(ReadOnlySpan<byte> mantissa)
    {
        int points = mantissa.Count((byte)'.'), commas = mantissa.Count((byte)',');
        if (points + commas > 1 || mantissa.Contains((byte)'_')) return NumberShape.None;
        return points == 1 ? NumberShape.Point : commas == 1 ? NumberShape.Comma : NumberShape.Whole;
    }

    private static bool AreThousands(ReadOnlySpan<byte> whole, byte mark)
    {
        int first = whole.IndexOf(mark);
        if (first is < 1 or > 3) return false;
        for (var rest = whole[first..]; rest.Length > 0; rest = rest[4..])
        {
            if (rest.Length < 4 || rest[0] != mark || rest[1..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        }

        return true;
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        return digits.Length is >= 1 and <= 3 && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static int Starts(ReadOnlySpan<byte> text, byte[][] known)
    {
        for (int i = 0; i < known.Length; i++)
        {
            if (text.StartsWith(known[i])) return i;
        }

        return -1;
    }

    private static int Ends(ReadOnlySpan<byte> text, byte[][] known)
    {
        for (int i = 0; i < known.Length; i++)
        {
            if (text.EndsWith(known[i])) return i;
        }

        return -1;
    }
}
