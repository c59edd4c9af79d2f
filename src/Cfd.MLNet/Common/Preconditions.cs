using System.Globalization;

namespace Cfd.MLNet.Common;

/// <summary>Argument checks whose messages carry the value and the allowed range.</summary>
internal static class Preconditions
{
    public static void InRange(double value, double minimum, double maximum, string name)
    {
        if (value >= minimum && value <= maximum) return;
        throw new ArgumentOutOfRangeException(name, value,
            string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed is {Text(minimum)} to {Text(maximum)}."));
    }

    public static void NotBlank(string? value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"{name} is empty; give the name of a column.", name);
    }

    private static string Text(double bound) => bound switch
    {
        0.9999999 => "less than 1",
        _ => bound.ToString(CultureInfo.InvariantCulture),
    };
}
