using Microsoft.Data.Analysis;

namespace FairnessDatasets.Reading;

/// <summary>
/// Reads a <see cref="SourceFile"/> into a <see cref="SourceTable"/>. The fields are split by
/// <see cref="DataFrame"/>; added here is what it leaves out: it skips blank lines without counting them, pads
/// short rows silently and does not say in which line a row is too long.
/// </summary>
internal static class SourceFileReader
{
    /// <summary>Reads all rows of <paramref name="file"/>; every field stays text.</summary>
    /// <param name="file">The file and its layout.</param>
    /// <param name="directory">The data directory the file's path is relative to.</param>
    /// <param name="publishedAt">The public source, named when the file is missing.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The header or the number of fields in a line is not as expected.</exception>
    public static SourceTable Read(SourceFile file, string directory, string publishedAt)
    {
        string path = Path.GetFullPath(Path.Combine(directory, file.RelativePath));
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"The data file '{path}' does not exist; download '{file.FileName}' from its publisher " +
                $"({publishedAt}) and put it there.", path);

        string text = File.ReadAllText(path);
        List<NumberedLine> lines = LinesWithText(text);
        int skipped = file.FirstLine == FirstLine.Data ? 0 : 1;
        if (lines.Count <= skipped)
            throw new InvalidDataException(
                $"{path} has no rows, expected rows of {file.Columns.Count} fields; use the publisher's unchanged file.");
        if (file.FirstLine == FirstLine.Header)
            CheckHeader(file, path, lines[0]);

        return new SourceTable(file, path, ReadFields(file, path, text, lines, skipped),
            [.. lines.Skip(skipped).Select(line => line.Number)]);
    }

    private static List<NumberedLine> LinesWithText(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n')
            .Select((line, index) => new NumberedLine(index + 1, line))
            .Where(line => !string.IsNullOrWhiteSpace(line.Text))];

    private static void CheckHeader(SourceFile file, string path, NumberedLine header)
    {
        DataFrame names = DataFrame.LoadCsvFromString(
            header.Text, file.Separator, header: false, guessTypeFunction: _ => typeof(string));
        for (int column = 0; column < Math.Max(names.Columns.Count, file.Columns.Count); column++)
        {
            string found = column < names.Columns.Count ? $"'{names.Columns[column][0]}'" : "nothing";
            string expected = column < file.Columns.Count ? $"'{file.Columns[column]}'" : "nothing";
            if (found != expected)
                throw new InvalidDataException(
                    $"{path}, line {header.Number}: the header names column {column + 1} {found}, expected {expected}; " +
                    "use the publisher's unchanged file.");
        }
    }

    private static DataFrame ReadFields(SourceFile file, string path, string text, List<NumberedLine> lines, int skipped)
    {
        DataFrame fields;
        try
        {
            fields = Split(file, text, header: skipped == 1);
        }
        // The parser of DataFrame throws plain Exception for quotes that do not match.
        catch (Exception exception)
        {
            throw MalformedLine(file, path, lines.Skip(skipped), exception);
        }

        // A quoted field may run over a line end, and then rows and lines no longer correspond.
        if (fields.Rows.Count != lines.Count - skipped)
            throw MalformedLine(file, path, lines.Skip(skipped), inner: null);

        DataFrameColumn last = fields.Columns[^1];
        for (int row = 0; last.NullCount > 0 && row < last.Length; row++)
        {
            if (last[row] is null)
                throw new InvalidDataException(
                    $"{path}, line {lines[row + skipped].Number}: column '{file.Columns[^1]}' has no value, expected " +
                    $"{file.Columns.Count} fields between '{file.Separator}'; use the publisher's unchanged file.");
        }

        return fields;
    }

    private static DataFrame Split(SourceFile file, string text, bool header) => DataFrame.LoadCsvFromString(
        text, file.Separator, header, [.. file.Columns],
        dataTypes: [.. Enumerable.Repeat(typeof(string), file.Columns.Count)]);

    /// <summary>Finds the line that cannot be split, by splitting every line on its own.</summary>
    private static InvalidDataException MalformedLine(
        SourceFile file, string path, IEnumerable<NumberedLine> lines, Exception? inner)
    {
        string place = path;
        foreach (NumberedLine line in lines)
        {
            try
            {
                Split(file, line.Text, header: false);
            }
            catch (Exception exception)
            {
                place = $"{path}, line {line.Number}: '{line.Text}'";
                inner = exception;
                break;
            }
        }

        return new InvalidDataException(
            $"{place} does not split into {file.Columns.Count} fields between '{file.Separator}' " +
            $"({string.Join(", ", file.Columns)}); use the publisher's unchanged file.", inner);
    }

    /// <summary>A line of the file and its number, counted from 1.</summary>
    private readonly record struct NumberedLine(int Number, string Text);
}
