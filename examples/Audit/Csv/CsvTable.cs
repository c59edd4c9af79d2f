using Microsoft.VisualBasic.FileIO;

namespace Audit.Csv;

/// <summary>A CSV file as text: its columns, and for each row its fields and the number of its first line, from 1.</summary>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<CsvRow> Rows)
{
    /// <summary>Reads a file; blanks around a field do not count, and a field in double quotes may run over lines.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line has more or fewer fields than there are columns, or a column has no name of its own.</exception>
    public static CsvTable Read(CsvSettings settings)
    {
        string file = Path.GetFileName(settings.Path);
        string text = File.ReadAllText(settings.Path);
        List<CsvRow> rows = Split(text, settings.Separator, file);
        bool hasHeader = settings.Columns.Count == 0;
        if (rows.Count <= (hasHeader ? 1 : 0)) throw new InvalidDataException($"{file} has no rows.");

        IReadOnlyList<string> columns = hasHeader
            ? [.. rows[0].Fields.Select((name, index) => name.Length > 0 ? name : FormattableString.Invariant($"column {index + 1}"))]
            : settings.Columns;
        if (columns.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"{file} has {twice.Count()} columns named '{twice.Key}'; each needs a name of its own.");
        if (hasHeader) rows.RemoveAt(0);
        foreach (var row in rows.Where(row => row.Fields.Length != columns.Count))
            throw new InvalidDataException(
                $"{file}, line {row.Line}: {row.Fields.Length} field(s) between '{settings.Separator}', but there are {columns.Count} column(s). " +
                "Is --separator right, and does --columns fit where the file has no header?");
        return new CsvTable(columns, rows);
    }

    /// <summary>The position of a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int IndexOf(string column, string option)
    {
        for (int index = 0; index < Columns.Count; index++)
        {
            if (Columns[index] == column) return index;
        }

        throw new ArgumentException($"{option} names '{column}', but there is no such column. The columns are: {string.Join(", ", Columns)}.");
    }

    private static List<CsvRow> Split(string text, string separator, string file)
    {
        using var parser = new TextFieldParser(new StringReader(text));
        parser.SetDelimiters(separator);
        parser.HasFieldsEnclosedInQuotes = true;
        int lines = text.AsSpan().TrimEnd().Count('\n') + 1;
        var rows = new List<CsvRow>();
        try
        {
            while (parser.ReadFields() is { } fields)
            {
                // The parser knows the line it will read next, or -1 at the end of the file.
                long next = parser.LineNumber > 0 ? parser.LineNumber : lines + 1;
                rows.Add(new CsvRow(next - 1 - fields.Sum(field => field.Count(letter => letter == '\n')), fields));
            }
        }
        catch (MalformedLineException)
        {
            throw new InvalidDataException(
                $"{file}, line {parser.ErrorLineNumber}: the double quotes do not match, or the fields are not between '{separator}' (--separator): " +
                $"{parser.ErrorLine.Split('\n')[0]}");
        }

        return rows;
    }
}

/// <summary>One row of a file.</summary>
internal sealed record CsvRow(long Line, string[] Fields);
