using System.Text.Json;
using System.Text.RegularExpressions;
using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Language;

/// <summary>
/// The words of the page in one language: an embedded file of keys and texts, whose holes are {0}, {1}. Another language is another file of
/// the same keys. Immutable.
/// </summary>
internal sealed partial class Phrases
{
    /// <summary>Languages there are, by their code.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "de"];

    private static readonly Dictionary<string, Phrases> Known = Languages.ToDictionary(language => language, language => new Phrases(language));
    private readonly Dictionary<string, string> _texts;

    private Phrases(string language)
    {
        Language = language;
        using var file = typeof(Phrases).Assembly.GetManifestResourceStream($"{language}.json")!;
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        Numbers = new Numbers(this["number.decimal"], this["number.group"]);
        Sentences = CoreSentences.Of(language);
    }

    /// <summary>The code of the language, e.g. "de".</summary>
    public string Language { get; }

    public Numbers Numbers { get; }

    /// <summary>The sentences that the library makes, in this language.</summary>
    public CoreSentences Sentences { get; }

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>A text as it stands in the file.</summary>
    public string this[string key] => _texts.TryGetValue(key, out string? text) ? text : throw new InvalidOperationException($"The language '{Language}' has no text '{key}'.");

    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static Phrases Of(string language) => Known.TryGetValue(language, out var phrases)
        ? phrases
        : throw new ArgumentException($"There is no language '{language}'; there are {string.Join(", ", Languages)}.", nameof(language));

    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>A text with its holes filled.</summary>
    public string Fill(string key, params object?[] holes) => Hole().Replace(this[key], hole => $"{holes[hole.Groups[1].Value[0] - '0']}");

    /// <summary>A text as HTML; holes that are HTML stay as they are, all else is escaped.</summary>
    public Html Say(string key, params object?[] holes)
    {
        string[] parts = Hole().Split(this[key]);
        return Html.Join(parts.Select((part, index) => index % 2 == 0 ? Html.Of($"{part}") : holes[part[0] - '0'] is Html html ? html : Html.Of($"{holes[part[0] - '0']?.ToString()}")));
    }

    /// <summary>A count and its noun, e.g. "1 label", "2 labels"; the file has count.label.one and count.label.other.</summary>
    public string Counted(string noun, double count) => Fill(count == 1 ? $"count.{noun}.one" : $"count.{noun}.other", Numbers.Count(count));

    /// <summary>How many were found of how many, e.g. "3 of 20", with open rows "3 to 7 of 20".</summary>
    public string Of(BoundedShare share) => share.IsExact
        ? Fill("of", Numbers.Count(share.Found), Numbers.Count(share.Total))
        : Fill("of.bounds", Numbers.Count(share.Found), Numbers.Count(share.Found + share.Open), Numbers.Count(share.Total));

    /// <summary>A noun of the reader's own with its indefinite article where the language can tell it, e.g. "an applicant".</summary>
    public string Indefinite(string noun) => Language == "en" ? $"{(SoundsLikeVowel().IsMatch(noun) ? "an" : "a")} {noun}" : noun;

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^(?:(?:hour|honest|honou?r|heir)|(?!uni|use|usu|eu|one\b|once)[aeiou])", RegexOptions.IgnoreCase)]
    private static partial Regex SoundsLikeVowel();
}
