using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>
/// Which values of a column are meant, as the user writes it: a value ("yes"), or a comparison with a number (&gt;=10, &gt;10,
/// &lt;=10, &lt;10, =10). Immutable.
/// </summary>
internal sealed class ValueTest
{
    // The longer ones first: ">=10" also starts with ">".
    private static readonly (string Sign, string Opposite, Func<double, double, bool> Holds)[] Comparisons =
    [
        (">=", "<", (value, bound) => value >= bound), ("<=", ">", (value, bound) => value <= bound),
        (">", "<=", (value, bound) => value > bound), ("<", ">=", (value, bound) => value < bound),
        ("=", "not", (value, bound) => value == bound),
    ];

    private readonly Func<string, bool> _holds;

    /// <summary>Whether a text such as ">=10,5" may be meant as one comparison or as a list.</summary>
    public static bool IsAmbiguous(string text)
        => Comparisons.FirstOrDefault(each => text.StartsWith(each.Sign, StringComparison.Ordinal)) is { Sign: { } sign } && text.Contains(',', StringComparison.Ordinal)
            && text[sign.Length..].Trim() is var bound && bound.Split(',').Length == 2 && bound.Split(',').All(part => part.Length > 0 && part.All(char.IsAsciiDigit));

    /// <param name="text">As the user writes it. A value such as "&gt;50K" is no comparison, as 50K is no number.</param>
    /// <param name="ignoreCase">Whether a value may differ in case.</param>
    public ValueTest(string text, bool ignoreCase)
    {
        Text = text;
        foreach (var (sign, opposite, holds) in Comparisons)
        {
            if (!text.StartsWith(sign, StringComparison.Ordinal) || !TryNumber(text[sign.Length..].Trim(), out double bound)) continue;
            _holds = value => TryNumber(value, out double number) && holds(number, bound);
            (Meant, Others) = ($"{sign} {text[sign.Length..].Trim()}", $"{opposite} {text[sign.Length..].Trim()}");
            return;
        }

        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _holds = TryNumber(text, out double exact)
            ? value => value == text || (TryNumber(value, out double number) && number == exact)
            : value => value.Equals(text, comparison);
    }

    /// <summary>As the user writes it.</summary>
    public string Text { get; }

    /// <summary>What a comparison says of the values meant, e.g. "&gt;= 10"; null for a value.</summary>
    public string? Meant { get; }

    /// <summary>What a comparison says of the others, e.g. "&lt; 10"; null for a value.</summary>
    public string? Others { get; }

    /// <summary>Whether a value is meant.</summary>
    public bool Holds(string value) => _holds(value);

    // Values of number columns are written with a point, the user's own numbers perhaps with a comma.
    private static bool TryNumber(string text, out double number)
        => NumberText.TryParse(text, '.', out number) || NumberText.TryParse(text, ',', out number);
}
