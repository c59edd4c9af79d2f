using System.Globalization;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>A way to write dates, and the number that a date becomes: days since 1970-01-01, with the time of day as a part of one.</summary>
/// <param name="Name">As people write it, e.g. "dd.MM.yyyy".</param>
internal sealed record DateText(string Name)
{
    private static readonly string[] Times = ["", " HH:mm:ss", " HH:mm", "THH:mm:ss", "THH:mm", " HH:mm:ss.FFFFFFF", "THH:mm:ss.FFFFFFF", "THH:mm:ssK", "THH:mm:ss.FFFFFFFK", " HH:mm:ssK", " h:mm tt", " h:mm:ss tt"];

    private readonly string[] _formats = [.. Times.Select(time => Loose(Name) + time)];

    /// <summary>Day and month as numbers; one or two digits each.</summary>
    public static IReadOnlyList<DateText> Usual { get; } =
    [
        new("yyyy-MM-dd"), new("yyyy/MM/dd"), new("yyyy.MM.dd"), new("dd.MM.yyyy"), new("dd/MM/yyyy"), new("MM/dd/yyyy"), new("dd-MM-yyyy"), new("MM-dd-yyyy"),
        new("dd.MM.yy"), new("dd/MM/yy"), new("MM/dd/yy"), new("dd MMM yyyy"), new("dd-MMM-yyyy"), new("dd-MMM-yy"), new("MMM dd, yyyy"), new("MMM dd yyyy"),
    ];

    /// <summary>Eight digits, which are a number as well.</summary>
    public static DateText Digits { get; } = new("yyyyMMdd");

    /// <summary>The days since 1970-01-01.</summary>
    /// <returns>False where the field is no date of this form.</returns>
    public bool TryParse(ReadOnlySpan<byte> field, out double days)
    {
        days = 0;
        if (field.Length is < 6 or > 40) return false;
        Span<char> letters = stackalloc char[field.Length];
        int length = System.Text.Encoding.UTF8.GetChars(field, letters);
        const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        if (!DateTime.TryParseExact(letters[..length], _formats, CultureInfo.InvariantCulture, Styles, out var date)) return false;
        days = (date - DateTime.UnixEpoch).TotalDays;
        return true;
    }

    /// <summary>A day as text, with the hour where there is a time of day: float32 has no room for the minutes.</summary>
    public static string Day(float days) => DateTime.UnixEpoch.AddDays(days).ToString(days == MathF.Floor(days) ? "yyyy-MM-dd" : "yyyy-MM-dd HH 'h'", CultureInfo.InvariantCulture);

    /// <summary>A form of the user's own.</summary>
    /// <exception cref="ArgumentException">It is no format of a date.</exception>
    public static DateText Of(string format)
    {
        if (format.Contains('y', StringComparison.Ordinal) && format.Contains('M', StringComparison.Ordinal) && format.Contains('d', StringComparison.Ordinal)) return new DateText(format);
        throw new ArgumentException($"--date names the format '{format}'; a format has yyyy, MM and dd, e.g. dd.MM.yyyy.");
    }

    // 'd' and 'M' also read two digits.
    private static string Loose(string name) => name == "yyyyMMdd" ? name
        : name.Replace("dd", "d", StringComparison.Ordinal).Replace("MMM", "#", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal).Replace("#", "MMM", StringComparison.Ordinal);
}
