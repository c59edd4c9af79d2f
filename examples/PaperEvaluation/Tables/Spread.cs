using System.Globalization;

namespace PaperEvaluation.Tables;

/// <summary>A figure over the seeds, as text: mean, and in brackets the smallest and the largest where they differ.</summary>
internal static class Spread
{
    /// <summary>Where there is no figure.</summary>
    public const string None = "-";

    /// <summary>Of counts.</summary>
    public static string Counts(IEnumerable<int?> values) => Text(values.Select(value => (double?)value), mean => Trim(mean, "0.0"), bound => Trim(bound, "0"));

    /// <summary>Of seconds, about three digits.</summary>
    public static string Seconds(IEnumerable<double?> values) => Text(values, Seconds, Seconds);

    /// <summary>Of numbers with two decimals.</summary>
    public static string Numbers(IEnumerable<double?> values) => Text(values, value => Trim(value, "0.00"), value => Trim(value, "0.00"));

    /// <summary>One duration, about three digits.</summary>
    public static string Seconds(double value) => Trim(value, value switch { >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", >= 0.1 => "0.000", >= 0.01 => "0.0000", _ => "0.00000" });

    /// <summary>Ours, and behind it the paper's where there is one.</summary>
    public static string Beside(string ours, string? paper) => paper is null ? ours : $"{ours} (paper {paper})";

    private static string Text(IEnumerable<double?> values, Func<double, string> mean, Func<double, string> bound)
    {
        double[] known = [.. values.OfType<double>()];
        if (known.Length == 0) return None;
        string smallest = bound(known.Min()), largest = bound(known.Max());
        return smallest == largest ? smallest : $"{mean(known.Average())} [{smallest}..{largest}]";
    }

    private static string Trim(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
