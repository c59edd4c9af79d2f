using System.Buffers;
using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>The implicated training rows as CSV (RFC 4180), for the table program of those who review them.</summary>
internal static class ImplicatedCsv
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n"), FormulaStarts = SearchValues.Create("=+-@\t\r");

    public static void Write(TextWriter writer, AuditReport report)
    {
        string[] groups = [.. report.ImplicatedTrainingRows.SelectMany(row => row.ByGroup).Select(group => group.Group).Distinct().Order(StringComparer.Ordinal)];
        WriteRecord(writer,
        [
            "id", "position", "label", "counterfactuals", "test_rows", .. groups.Select(group => $"test_rows_{group}"), "group",
            .. report.Inputs.Select(input => input.Name),
        ]);
        var names = report.Rows.ToDictionary(row => row.Position, row => row.Id ?? Text(row.Position));
        foreach (var row in report.ImplicatedTrainingRows)
        {
            WriteRecord(writer,
            [
                row.Id ?? Text(row.Position), Text(row.Position), row.Label ? report.Provenance.PositiveLabel : report.Provenance.NegativeLabel,
                Text(row.Count), string.Join(' ', row.TestRows.Select(position => names[position])),
                .. groups.Select(group => Text(row.ByGroup.FirstOrDefault(count => count.Group == group)?.TestRows ?? 0)), row.Group, .. row.Inputs,
            ]);
        }
    }

    private static void WriteRecord(TextWriter writer, IEnumerable<string> fields) => writer.Write(string.Join(',', fields.Select(Neutral).Select(Quote)) + "\r\n");

    /// <summary>Table programs run what looks like a formula; behind an apostrophe it is text. Numbers stay numbers.</summary>
    private static string Neutral(string field) => field.Length > 0 && FormulaStarts.Contains(field[0]) && !IsNumber(field) ? $"'{field}" : field;

    private static bool IsNumber(string field)
        => double.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value);

    private static string Quote(string field) => field.AsSpan().ContainsAny(Special) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
