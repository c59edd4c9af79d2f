using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>The first screen: how the files are written, and what each column is read as.</summary>
internal static class ColumnsView
{
    private const int LongestExample = 24;

    /// <summary>Writes it; nothing is trained yet.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="table">What was read.</param>
    /// <param name="hasReasons">Whether the reasons follow.</param>
    public static void Write(IAnsiConsole console, UnderstoodTable table, bool hasReasons = false)
    {
        foreach (var file in table.Source.Tables)
        {
            Titles.Write(console, $"{file.File} as read");
            string facts = string.Join("; ", file.Form.Facts.Select(fact => $"{fact.Name} {fact.Value}"));
            console.WriteLine($"{Shown.Counted(file.Rows, "row")}, {Shown.Counted(file.Columns.Count, "column")}; {facts}; decimal mark '{table.DecimalMark.Mark}'.{(hasReasons ? "" : " cfd inspect gives the reasons.")}");
        }

        console.Write(Table(table));
        foreach (string remark in table.Source.Tables.SelectMany(file => file.Remarks)) console.WriteLine($"Remark: {remark}");
        console.WriteLine();
    }

    /// <summary>Why the form is thought to be that.</summary>
    public static void WriteReasons(IAnsiConsole console, UnderstoodTable table)
    {
        foreach (var file in table.Source.Tables)
        {
            foreach (var fact in file.Form.Facts) console.WriteLine($"{file.File}: {fact.Name} {fact.Value}: {fact.Reason}.");
        }

        console.WriteLine($"decimal mark '{table.DecimalMark.Mark}': {table.DecimalMark.Reason}.");
        foreach (var column in table.Columns) console.WriteLine($"{column.Name}: {column.ReadAs}: {column.Reason}.");
    }

    private static Table Table(UnderstoodTable source)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(new TableColumn("column"), new TableColumn("read as"), new TableColumn("values").RightAligned(), new TableColumn("missing").RightAligned(), new TableColumn("example"), new TableColumn("remark"));
        foreach (var column in source.Columns)
        {
            string[] cells =
            [
                Shown.Plain(column.Name, 40), column.ReadAs, column.Distinct < 0 ? "" : Shown.Count(column.Distinct), Shown.Count(column.Missing),
                Shown.Plain(column.Example, LongestExample), column.Remark ?? (column.Role == ColumnRole.Ignored ? column.Reason : ""),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        return table;
    }
}
