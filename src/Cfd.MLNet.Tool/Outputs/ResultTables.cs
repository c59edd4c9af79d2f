using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tool.Understanding;

namespace Cfd.MLNet.Tool.Outputs;

/// <summary>The tables of a report, and of the columns as read.</summary>
internal static class ResultTables
{
    /// <summary>All tables of a report, as its page has them.</summary>
    public static IEnumerable<OutputTable> Of(AuditReport report) => report.Tables().Select(table => new OutputTable(
        table.Name, [.. table.Columns.Select(column => (column.Name, column.Type))], [.. table.Rows.Select(row => row.ToArray())]));

    /// <summary>What each column was read as.</summary>
    public static OutputTable Columns(UnderstoodTable table) => new(
        "columns",
        [("column", typeof(string)), ("read_as", typeof(string)), ("reason", typeof(string)), ("values", typeof(long)), ("missing", typeof(long)), ("example", typeof(string)), ("remark", typeof(string))],
        [.. table.Columns.Select(column => new object?[] { column.Name, column.ReadAs, column.Reason, column.Distinct < 0 ? null : (long)column.Distinct, (long)column.Missing, column.Example, column.Remark })]);
}
