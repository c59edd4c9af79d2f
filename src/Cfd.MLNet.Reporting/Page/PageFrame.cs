using System.Security.Cryptography;
using System.Text;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>
/// The frame of every page: it loads nothing and, by its content security policy, could not; of styles and scripts those of the page itself alone,
/// known by their SHA-256.
/// </summary>
internal static class PageFrame
{
    /// <param name="language">Its code.</param>
    /// <param name="title">Of the window, and at the head of printed pages.</param>
    /// <param name="date">At the head of printed pages.</param>
    /// <param name="words">Texts that the script needs, by name.</param>
    /// <param name="body">What stands between body and script.</param>
    public static string Of(string language, string title, string date, IReadOnlyDictionary<string, string> words, Html body)
    {
        string style = Resource("report.css") + PrintedHead(title, date), script = Resource("report.js");
        return "<!DOCTYPE html>\n" + Html.Of($"""
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {Hash(style)}; script-src {Hash(script)}; img-src data:; base-uri 'none'; form-action 'none'">
            <link rel="icon" href="data:,">
            <title>{title}</title>
            <style>{new Html(style)}</style>
            </head>
            <body{words.Select(word => Html.Of($" data-{word.Key}=\"{word.Value}\""))}>
            {body}
            <script>{new Html(script)}</script>
            </body>
            </html>

            """).Text;
    }

    /// <summary>The style alone, for a piece of the page in a notebook.</summary>
    public static string Style() => Resource("report.css");

    private static Html Hash(string text) => new($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'");

    /// <summary>Title and date at the head, the page's number at the foot.</summary>
    private static string PrintedHead(string title, string date)
        => $"@page{{@top-left{{content:\"{Css(title)}\"}}@top-right{{content:\"{Css(date)}\"}}@bottom-right{{content:counter(page) \" / \" counter(pages)}}}}\n";

    /// <summary>Text within a string of a style sheet: all but plain letters as their numbers.</summary>
    private static string Css(string text)
    {
        const int most = 100;
        var css = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(most))
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == ' ' || rune.Value == '-') css.Append(rune);
            else css.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
        }

        return css.ToString();
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(PageFrame).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
