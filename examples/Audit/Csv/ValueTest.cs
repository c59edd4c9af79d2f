using System.Globalization;

namespace Audit.Csv;

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
    private readonly string? _description;
    private readonly string? _opposite;

    /// <param name="text">As the user writes it. A value such as "&gt;50K" is no comparison, as 50K is no number.</param>
    public ValueTest(string text)
    {
        foreach (var (sign, opposite, holds) in Comparisons)
        {
            if (!text.StartsWith(sign, StringComparison.Ordinal) || !TryNumber(text[sign.Length..], out double bound)) continue;
            _holds = value => TryNumber(value, out double number) && holds(number, bound);
            _description = $"{sign} {text[sign.Length..].Trim()}";
            _opposite = $"{opposite} {text[sign.Length..].Trim()}";
            return;
        }

        _holds = TryNumber(text, out double exact)
            ? value => value == text || (TryNumber(value, out double number) && number == exact)
            : value => value == text;
    }

    /// <summary>Whether a field is meant.</summary>
    public bool Holds(string field) => _holds(field);

    /// <summary>Names for the values that are meant and for the rest, e.g. "G3 &gt;= 10" and "G3 &lt; 10".</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="fields">The fields of the column.</param>
    public (string Meant, string Others) Describe(string column, IEnumerable<string> fields)
    {
        if (_description is not null) return ($"{column} {_description}", $"{column} {_opposite}");
        var values = fields.Distinct().ToLookup(Holds);
        string meant = string.Join("/", values[true]);
        return ($"{column} = {meant}", values[false].Take(2).Count() == 1 ? $"{column} = {values[false].Single()}" : $"{column} not {meant}");
    }

    /// <summary>A finite number in invariant culture.</summary>
    public static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
