using System.Text.Json;
using System.Text.RegularExpressions;
using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Language;

/// <summary>
/// The sentences that the library makes in English (headline, caveats, findings), in another language: an embedded file pairs each English
/// pattern with its translation. A sentence without one stays in English and is marked as such, so that nothing is ever left out. Immutable.
/// </summary>
internal sealed partial class CoreSentences
{
    private readonly (Regex Pattern, string Text)[] _pairs;
    private readonly bool _isEnglish;

    private CoreSentences(bool isEnglish, (Regex Pattern, string Text)[] pairs) => (_isEnglish, _pairs) = (isEnglish, pairs);

    public static CoreSentences Of(string language)
    {
        using var file = typeof(CoreSentences).Assembly.GetManifestResourceStream($"{language}.sentences.json");
        if (file is null) return new CoreSentences(isEnglish: true, []);
        var pairs = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        return new CoreSentences(isEnglish: false, [.. pairs.Select(pair => (Pattern(pair.Key), pair.Value))]);
    }

    /// <summary>In the language, or in English and marked so.</summary>
    public Html Say(string sentence) => Translate(sentence) is { } own ? Html.Of($"{own}") : Html.Of($"<span lang=\"en\">{sentence}</span>");

    /// <summary>Null where there is no translation.</summary>
    public string? Translate(string sentence)
    {
        if (_isEnglish) return sentence;
        // Several sentences: each for itself where all can be, else as a whole.
        string[] sentences = sentence.Split(". ");
        if (sentences.Length > 1)
        {
            string?[] own = [.. sentences.Select((one, index) => Translate(index < sentences.Length - 1 ? $"{one}." : one))];
            if (!own.Contains(null)) return string.Join(' ', own);
        }

        foreach (var (pattern, text) in _pairs)
        {
            if (pattern.Match(sentence) is not { Success: true } match) continue;
            return Hole().Replace(text, hole => Part(match.Groups[$"h{hole.Groups[1].Value}"].Value));
        }

        return null;
    }

    /// <summary>What stands in a hole: a part with a translation of its own, a number, or text of the data.</summary>
    private string Part(string text) => text.Length == 0 ? "" : Translate(text) ?? Number().Replace(text, "$1,$2");

    private static Regex Pattern(string english)
        => new("^" + Hole().Replace(Regex.Escape(english).Replace("\\{", "{", StringComparison.Ordinal), hole => $"(?<h{hole.Groups[1].Value}>.*?)") + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^(-?\d+)\.(\d+(?: %)?)$")]
    private static partial Regex Number();
}
