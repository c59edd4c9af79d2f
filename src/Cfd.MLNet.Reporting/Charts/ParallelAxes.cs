using System.Globalization;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>
/// Where values stand on the axes of parallel coordinates, in [0, 1]: numbers between the smallest and the largest of the report, words
/// in ordinal order; equal values in the middle; NaN where there is none.
/// </summary>
internal sealed class ParallelAxes
{
    private readonly Func<string, double>[] _places;

    public ParallelAxes(AuditReport report)
    {
        IReadOnlyList<string>[] rows =
        [
            .. report.Rows.Where(row => row.Counterfactuals.Count > 0).Select(row => row.Inputs), .. report.ImplicatedTrainingRows.Select(row => row.Inputs),
        ];
        _places = [.. report.Inputs.Select((input, column) => input.IsNumber ? Numbers(rows, column) : Words(rows, column))];
    }

    /// <summary>One place an input.</summary>
    public double[] Places(IReadOnlyList<string> inputs) => [.. inputs.Select((value, column) => _places[column](value))];

    private static Func<string, double> Numbers(IReadOnlyList<string>[] rows, int column)
    {
        double[] values = [.. rows.Select(row => Number(row[column])).Where(double.IsFinite)];
        double low = values.DefaultIfEmpty(0).Min(), high = values.DefaultIfEmpty(0).Max();
        return text => Number(text) is var value && !double.IsFinite(value) ? double.NaN : high > low ? (value - low) / (high - low) : 0.5;
    }

    private static Func<string, double> Words(IReadOnlyList<string>[] rows, int column)
    {
        string[] words = [.. rows.Select(row => row[column]).Where(word => word.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        return text => text.Length == 0 ? double.NaN : words.Length > 1 ? (double)Array.IndexOf(words, text) / (words.Length - 1) : 0.5;
    }

    private static double Number(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
