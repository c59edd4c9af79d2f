using Microsoft.Data.Analysis;

namespace FairnessDatasets.Reading;

/// <summary>The rows of one file as text, each with the number of its line.</summary>
internal sealed class SourceTable
{
    private readonly Dictionary<string, StringDataFrameColumn> _columns;
    private readonly int[] _lines;

    /// <summary>Wraps the fields of a file.</summary>
    /// <param name="file">The file the fields come from.</param>
    /// <param name="path">Its full path, for messages.</param>
    /// <param name="fields">One text column for each of the file's columns.</param>
    /// <param name="lines">For each row the number of its line, counted from 1.</param>
    public SourceTable(SourceFile file, string path, DataFrame fields, int[] lines)
    {
        File = file;
        FullPath = path;
        _lines = lines;
        _columns = fields.Columns.Cast<StringDataFrameColumn>().ToDictionary(column => column.Name);
    }

    /// <summary>The file the rows come from.</summary>
    public SourceFile File { get; }

    /// <summary>The file's full path.</summary>
    public string FullPath { get; }

    /// <summary>All rows, in file order.</summary>
    public IEnumerable<SourceRow> Rows => Enumerable.Range(0, _lines.Length).Select(row => new SourceRow(this, row));

    /// <summary>The number of a row's line in the file, counted from 1.</summary>
    public int Line(int row) => _lines[row];

    /// <summary>A field without surrounding blanks, or the empty text where there is none.</summary>
    public string Field(int row, string column) => _columns[column][row] ?? "";
}
