using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cfd.MLNet.Reports.Validation;

/// <summary>One thing that holds in every report. Where it does not, the message names the place in the JSON document.</summary>
internal static class Rule
{
    /// <summary>Both texts are put together only where the rule is broken.</summary>
    /// <exception cref="InvalidDataException">It does not hold.</exception>
    public static void Require(
        bool holds,
        [InterpolatedStringHandlerArgument(nameof(holds))] RuleText path,
        [InterpolatedStringHandlerArgument(nameof(holds))] RuleText otherwise)
    {
        if (!holds) throw Broken($"$.{path}", otherwise.ToString());
    }

    /// <summary>A number in a range, both ends included; NaN is in none.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void InRange(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string member = "", string under = "")
    {
        if (!(value >= low && value <= high))
            throw Broken($"$.{under}{Member(member)}", string.Create(CultureInfo.InvariantCulture, $"it is {value}; allowed is {low} to {(high >= int.MaxValue ? "any larger number" : high)}"));
    }

    public static InvalidDataException Broken(string path, string why) => new(
        $"The report does not hold together at {path}: {why}. It was changed or damaged after it was written; take another copy, or audit again.");

    /// <summary>"summary.Found" in code is "summary.found" in the document.</summary>
    private static string Member(string expression)
        => string.Join('.', expression.TrimEnd('!').Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}

/// <summary>An interpolated string that stays empty where the rule holds.</summary>
[InterpolatedStringHandler]
internal readonly struct RuleText
{
    private readonly StringBuilder? _text;

    public RuleText(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = holds ? null : new StringBuilder(literalLength + (8 * formattedCount));
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

    public override string ToString() => _text?.ToString() ?? "";
}
