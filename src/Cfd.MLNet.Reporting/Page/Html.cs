using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>
/// A piece of HTML. <see cref="Of"/> escapes whatever stands in the holes of its interpolated string, unless it is HTML itself, so that text
/// from data cannot become markup.
/// </summary>
internal readonly record struct Html(string Text)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlHandler text) => new(text.ToString());

    public static Html Join(IEnumerable<Html> parts, string separator = "") => new(string.Join(separator, parts.Select(part => part.Text)));

    public override string ToString() => Text;
}

/// <summary>Builds a piece of HTML from an interpolated string; literals stay as they are.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlHandler(int literalLength, int formattedCount)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Html html) => _text.Append(html.Text);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts) _text.Append(part.Text);
    }

    public void AppendFormatted(string? text) => _text.Append(Encoded(text ?? ""));

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable
        => _text.Append(Encoded(value.ToString(format, CultureInfo.InvariantCulture)));

    public override string ToString() => _text.ToString();

    /// <summary>A plus is dangerous in UTF-7 alone, which this is not, and stands before half of all logits.</summary>
    private static string Encoded(string text) => Encoder.Encode(text).Replace("&#x2B;", "+", StringComparison.Ordinal);
}
