using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>The rows of all files that the user names, as one table of text. Immutable.</summary>
internal sealed class Source
{
    private readonly int[] _starts;

    private Source(IReadOnlyList<RawTable> tables, IReadOnlyList<NamedColumn> columns, int testFrom)
    {
        (Tables, Columns, TestFrom) = (tables, columns, testFrom);
        _starts = new int[tables.Count];
        for (int table = 1; table < tables.Count; table++) _starts[table] = _starts[table - 1] + tables[table - 1].Rows;
        Rows = _starts[^1] + tables[^1].Rows;
    }

    /// <summary>One table a file.</summary>
    public IReadOnlyList<RawTable> Tables { get; }

    /// <summary>The columns, with the rows of all files.</summary>
    public IReadOnlyList<NamedColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Rows from here on come from the file of held-out rows; <see cref="Rows"/> where there is none.</summary>
    public int TestFrom { get; }

    /// <summary>The files' names.</summary>
    public string Name => string.Join(" + ", Tables.Select(table => table.File));

    /// <summary>Reads all files.</summary>
    /// <exception cref="InvalidDataException">A file is malformed, or has other columns than the first.</exception>
    public static Source Read(FileSettings settings)
    {
        string[] paths = [.. settings.Files, .. settings.Test is { } test ? [test] : Array.Empty<string>()];
        RawTable[] tables = [.. paths.Select(path => Read(path, settings.Form))];
        int testFrom = tables.Take(settings.Files.Count).Sum(table => table.Rows);
        if (tables.Length == 1) return new Source(tables, tables[0].Columns, testFrom);
        foreach (var table in tables.Skip(1)) RequireSameColumns(tables[0], table);
        NamedColumn[] columns =
        [
            .. tables[0].Columns.Select(column =>
            {
                var fields = new RawColumn();
                foreach (var table in tables)
                {
                    var part = table.Columns.Single(other => other.Name == column.Name).Fields;
                    fields.AddAll(part);
                    part.Release();
                }

                return column with { Fields = fields };
            }),
        ];
        return new Source(tables, columns, testFrom);
    }

    /// <summary>What a row is called in messages, e.g. "people.csv, line 17".</summary>
    public string Place(int row)
    {
        int table = TableOf(row);
        return Tables[table].Place(row - _starts[table]);
    }

    /// <summary>What names a row where no column does: its line, with its file where there are several.</summary>
    public string RowName(int row)
    {
        int table = TableOf(row);
        string line = FormattableString.Invariant($"{Tables[table].Lines[row - _starts[table]]}");
        return Tables.Count == 1 ? line : $"{Tables[table].File}:{line}";
    }

    private static RawTable Read(string path, FormSettings form)
    {
        bool isParquet = FileKind.IsParquet(FileKind.ReadStart(path, 16));
        return isParquet ? ParquetInput.Read(path) : CsvInput.Read(path, form);
    }

    private static void RequireSameColumns(RawTable first, RawTable other)
    {
        string[] Lacking(RawTable has, RawTable lacks) => [.. has.Columns.Select(column => column.Name).Except(lacks.Columns.Select(column => column.Name))];
        var (lacks, adds) = (Lacking(first, other), Lacking(other, first));
        if (lacks.Length + adds.Length == 0) return;
        string lacking = lacks.Length > 0 ? $" lacks {Shown.List(lacks)}" : "";
        string adding = adds.Length > 0 ? $"{(lacks.Length > 0 ? " and" : "")} adds {Shown.List(adds)}" : "";
        throw new InvalidDataException($"{other.File} has other columns than {first.File}: it{lacking}{adding}. Name the columns alike in both files.");
    }

    private int TableOf(int row)
    {
        int found = Array.BinarySearch(_starts, row);
        return found >= 0 ? found : ~found - 1;
    }
}
