using System.Text;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Tells whether the first line of a table names its columns.</summary>
internal static class HeaderSniffer
{
    /// <exception cref="InvalidDataException">The first line looks like data, and nothing is said of it.</exception>
    public static CsvForm WithHeader(CsvForm form, IReadOnlyList<string[]> records, FormSettings settings, List<FormFact> facts, string file)
    {
        if (records.Count == 0) throw new InvalidDataException($"{file} has no rows.");
        if (settings.Columns.Count > 0 && settings.Header != "first")
        {
            facts.Add(new FormFact("header", "none", "--columns"));
            return form with { HasHeader = false };
        }

        if (settings.Header is { } asked)
        {
            if (asked is not ("first" or "none")) throw new ArgumentException($"--header is '{asked}'; known are first and none.");
            facts.Add(new FormFact("header", asked == "first" ? "first line" : "none", "--header"));
            return form with { HasHeader = asked == "first" };
        }

        if (WhyNone(records) is { } reason)
        {
            int columns = records.GroupBy(record => record.Length).MaxBy(group => group.Count())!.Key;
            string names = string.Join(',', Enumerable.Range(0, Math.Min(columns, 4)).Select(index => (char)('a' + index))) + (columns > 4 ? ",..." : "");
            throw new InvalidDataException(
                $"{file} seems to have no header line: {reason}. Name its {columns} columns with --columns {names}; or say --header first if the first line does name them.");
        }

        facts.Add(new FormFact("header", "first line", "it holds names, and no value of the lines below"));
        return form with { HasHeader = true };
    }

    private static string? WhyNone(IReadOnlyList<string[]> records)
    {
        string[] first = records[0];
        string[][] rest = [.. records.Skip(1).Where(record => !record.SequenceEqual(first))];
        if (rest.Length == 0) return null;
        int shift = rest.GroupBy(record => record.Length).MaxBy(group => group.Count())!.Key - first.Length;
        var found = new List<string>();
        for (int column = 0; column < first.Length; column++)
        {
            string name = first[column];
            if (name.Length == 0) continue;
            int at = column + Math.Max(0, shift);
            string[] below = [.. rest.Where(record => record.Length > at).Select(record => record[at]).Where(field => field.Length > 0)];
            if (below.Length == 0) continue;
            if (IsNumber(name) && 2 * below.Count(IsNumber) > below.Length) return $"its first line holds the number {Shown.Value(name)} above other numbers";
            if (IsDate(name) && 2 * below.Count(IsDate) > below.Length) return $"its first line holds the date {Shown.Value(name)} above other dates";
            if (!IsNumber(name) && below.Contains(name)) found.Add(name);
        }

        return found.Count >= 2 && 2 * found.Count >= first.Count(name => name.Length > 0)
            ? $"values of its first line stand below it again, in the same columns: {Shown.List(found, 4)}" : null;
    }

    private static bool IsNumber(string field) => NumberText.Shape(Encoding.UTF8.GetBytes(field), out _) != NumberShape.None;

    private static bool IsDate(string field)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(field);
        return char.IsAsciiDigit(field[0]) && DateText.Usual.Any(date => date.TryParse(bytes, out _));
    }
}
