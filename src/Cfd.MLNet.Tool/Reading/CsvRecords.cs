using System.Text;
using CsvHelper;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Takes the records of a file one by one and makes them a table; refuses those that do not fit.</summary>
internal sealed class CsvRecords(string file, long bytes, CsvForm form, FormSettings settings)
{
    private const int RowsToEstimateBy = 2000;

    private readonly List<int> _lines = [];
    private readonly List<string> _remarks = [.. form.Remarks];
    private RawColumn[] _columns = [];
    private string[]? _header;
    private byte[] _firstName = [];
    private int _headerLine;
    private bool _isShifted;
    private int _extraEmpty;
    private int _empty;
    private int _comments;
    private int _lastComment;
    private int _nextLine = 1;

    /// <summary>Adds the record that the reader is at.</summary>
    public void Add(CsvReader record)
    {
        int line = (int)record.LineNumber;
        if (form.Comment is not null && line > _nextLine) (_comments, _lastComment) = (_comments + line - _nextLine, line - 1 + form.SkippedLines);
        int breaks = LineBreaks(record.RawRecord);
        _nextLine = line + breaks + 1;
        line += form.SkippedLines;
        if (breaks > 0) RequireOneRow(record, line);
        if (IsEmpty(record))
        {
            _empty += record.FieldCount > 1 ? 1 : 0;
            return;
        }

        if (_header is null)
        {
            _header = form.HasHeader ? Fields(record) : [.. Names(record.FieldCount, line)];
            _firstName = Encoding.UTF8.GetBytes(_header[0]);
            _headerLine = form.HasHeader ? line : 0;
            if (form.HasHeader) return;
        }

        if (_lines.Count == 0) MakeColumns(record);
        AddRow(record, line);
    }

    /// <summary>The table.</summary>
    /// <exception cref="InvalidDataException">There are no rows.</exception>
    public RawTable Table()
    {
        if (_lines.Count == 0) throw new InvalidDataException($"{file} has no rows{(_header is null ? "" : " below its header line")}.");
        if (_comments > 0) _remarks.Add($"{file}: {Shown.Counted(_comments, "line")} left out as comments that begin with {form.Comment}, the last of them line {Shown.Count(_lastComment)} (--comment).");
        if (_empty > 0) _remarks.Add($"{file}: {Shown.Counted(_empty, "line")} of empty fields left out.");
        if (_extraEmpty > 0) _remarks.Add($"{file}: each line ends with a separator; the empty field behind it is left out.");
        if (_isShifted && !AreRowNames(_columns[0]))
            throw new InvalidDataException($"{file}: the header in line {_headerLine} has {Shown.Counted(_header!.Length, "name")}, but the lines have one field more, and the first field is no row name. Is --separator right? If fields stand between single quotes, say --quotes single.");
        if (_isShifted) _remarks.Add($"{file}: the header has one name fewer than the lines have fields, as R writes row names; the first column is taken as the one without a name.");
        string[] headers = _isShifted ? ["", .. _header!] : _header!;
        return new RawTable(file, HeaderNames.Name(headers, _columns, _remarks), _lines, new FileForm(form.Facts, form.Separator, "line"), _remarks);
    }

    /// <summary>Row names differ from one another, and no quote is left in them.</summary>
    private static bool AreRowNames(RawColumn fields)
    {
        string[] names = [.. Enumerable.Range(0, fields.Count).Select(fields.Text)];
        return names.Distinct().Count() == names.Length && !names.Any(name => name.Length == 0 || name[0] is '\'' or '"');
    }

    private void MakeColumns(CsvReader record)
    {
        _isShifted = form.HasHeader && record.FieldCount == _header!.Length + 1 && _header.Length > 1 && Field(record, record.FieldCount - 1).Length > 0;
        _columns = [.. Enumerable.Range(0, _header!.Length + (_isShifted ? 1 : 0)).Select(_ => new RawColumn())];
    }

    private void AddRow(CsvReader record, int line)
    {
        int fields = record.FieldCount;
        if (fields > _columns.Length && Enumerable.Range(_columns.Length, fields - _columns.Length).All(index => Field(record, index).Length == 0))
        {
            _extraEmpty++;
            fields = _columns.Length;
        }

        if (fields != _columns.Length) throw Ragged(record, line);
        if (form.HasHeader && IsHeader(record))
            throw new InvalidDataException(
                $"{file}, line {Shown.Count(line)}: the header of line {_headerLine} stands here again, as where two files were joined. Delete the line, or give both files: cfd audit FIRST SECOND.");
        for (int column = 0; column < fields; column++) _columns[column].Add(Field(record, column));
        _lines.Add(line);
        if (_lines.Count == RowsToEstimateBy) Reserve(record.ByteOffset);
    }

    private void Reserve(long bytesSoFar)
    {
        int rows = (int)Math.Min(int.MaxValue / 2, 1.02 * bytes / bytesSoFar * _lines.Count);
        foreach (var column in _columns) column.Reserve(rows);
        _lines.EnsureCapacity(rows);
    }

    private InvalidDataException Ragged(CsvReader record, int line)
    {
        string first = Encoding.UTF8.GetString(Field(record, 0));
        string comment = first.Length > 0 && first[0] is '#' or '%' && form.Comment is null ? $" If lines that begin with {first[0]} are comments, say --comment '{first[0]}'." : "";
        string single = form.Quote == '"' && Encoding.UTF8.GetString(record.RawRecord).Contains('\'', StringComparison.Ordinal) ? " If fields stand between single quotes, say --quotes single." : "";
        string remedy = form.Separator == ' ' && record.RawRecord.IndexOf("  "u8) >= 0
            ? "Columns aligned by several blanks are not read; put one separator in their place, e.g. tr -s ' ' ';' < old > new, and say --separator ';'."
            : record.FieldCount < _columns.Length && record.FieldCount > 1
            ? $"Empty fields at the end of a line need their separators, too ('{new string(form.Separator, Math.Min(3, _columns.Length - record.FieldCount))}'); a field that runs over several lines needs quotes around it."
            : "Is --separator right? A field with a separator in it needs quotes around it.";
        string header = _headerLine > 0 ? $"the header in line {_headerLine} has {Shown.Counted(_columns.Length, "name")}" : $"there are {Shown.Counted(_columns.Length, "column")} (--columns)";
        return new InvalidDataException(
            $"{file}, line {Shown.Count(line)}: {Shown.Counted(record.FieldCount, "field")} between '{form.Separator}', but {header}: " +
            $"{Shown.Value(Encoding.UTF8.GetString(record.RawRecord).TrimEnd('\r', '\n'))}.{comment}{single} {remedy}");
    }

    /// <summary>A quote too many makes one field of many lines: its inner lines then look like rows.</summary>
    private void RequireOneRow(CsvReader record, int line)
    {
        int columns = _columns.Length > 0 ? _columns.Length : _header?.Length ?? 0;
        if (columns < 2) return;
        string[] inner = Encoding.UTF8.GetString(record.RawRecord).Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        if (inner.Length < 3) return;
        int like = Array.FindIndex(inner, 1, inner.Length - 2, text => text.Count(letter => letter == form.Separator) == columns - 1);
        if (like < 0) return;
        throw new InvalidDataException(
            $"{file}, line {Shown.Count(line)}: a field in quotes runs over {inner.Length} lines, and line {Shown.Count(line + like)} within it looks like a row of its own; " +
            $"a quote may be missing: {Shown.Value(inner[0])}. Mend the line, or take quotes for letters like others with --quotes none.");
    }

    private string[] Names(int columns, int line)
    {
        if (settings.Columns.Count == 0) return new string[columns].Select(_ => "").ToArray();
        string[] names = NameList.Split(settings.Columns);
        if (names.Length != columns)
            throw new ArgumentException($"--columns gives {Shown.Counted(names.Length, "name")}, but {file}, line {Shown.Count(line)}, has {Shown.Counted(columns, "field")} between '{form.Separator}'.");
        return names;
    }

    private bool IsHeader(CsvReader record)
    {
        if (_isShifted || !Field(record, 0).SequenceEqual(_firstName)) return false;
        return _header!.Select((name, column) => Encoding.UTF8.GetString(Field(record, column)) == name).All(isSame => isSame);
    }

    private static string[] Fields(CsvReader record)
        => [.. Enumerable.Range(0, record.FieldCount).Select(index => Encoding.UTF8.GetString(Field(record, index)).Trim('\uFEFF', '\u200B', ' '))];

    private static bool IsEmpty(CsvReader record)
    {
        for (int column = 0; column < record.FieldCount; column++)
        {
            if (Field(record, column).Length > 0) return false;
        }

        return true;
    }

    /// <summary>A field without blanks around it, those beyond ASCII among them.</summary>
    private static ReadOnlySpan<byte> Field(CsvReader record, int column)
    {
        var field = record.GetSpan(column);
        if (field.Length == 0 || (field[0] is > 32 and < 128 && field[^1] is > 32 and < 128)) return field;
        while (Rune.DecodeFromUtf8(field, out var rune, out int length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune)) field = field[length..];
        while (Rune.DecodeLastFromUtf8(field, out var rune, out int length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune)) field = field[..^length];
        return field;
    }

    private static int LineBreaks(ReadOnlySpan<byte> raw)
    {
        int breaks = 0;
        for (int at; (at = raw.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; breaks++)
            raw = raw[(at + (raw[at] == '\r' && at + 1 < raw.Length && raw[at + 1] == '\n' ? 2 : 1))..];
        return breaks;
    }
}
