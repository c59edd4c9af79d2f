using System.Globalization;
using System.Text.RegularExpressions;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Texts that measure something although they are no numbers: 2.1K, 70 kg, 17:30. Read as categories they lose their order, which people must know.</summary>
internal static partial class Measures
{
    private const double Most = 0.8;

    /// <summary>What is to be said of such values; null where they are none.</summary>
    public static string? Remark(IReadOnlyList<string> values)
    {
        if (values.FirstOrDefault(WithUnit().IsMatch) is { } withUnit && values.Count(WithUnit().IsMatch) >= Most * values.Count)
            return $"numbers with letters beside them, such as {Shown.Value(withUnit)}, have no order so; write them without the letters to have numbers";
        if (values.FirstOrDefault(IsTime) is { } time && values.Count(IsTime) >= Most * values.Count)
            return $"times such as {Shown.Value(time)} have no order so; write them as numbers, e.g. minutes, to have one";
        return null;
    }

    private static bool IsTime(string value) => value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex(@"^[<>~]?\s?[-+]?[0-9][0-9.,]*\s?\+?\p{L}{1,12}\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex WithUnit();
}
