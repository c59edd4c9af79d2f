namespace Cfd.MLNet.Reporting;

/// <summary>A table of a report, as its page, CSV files and Parquet files have it. Immutable.</summary>
/// <param name="Name">Its name, e.g. "rows"; good as the name of a file.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; a cell is a string, a long, a double, a bool, or null for none.</param>
public sealed record ReportTable(string Name, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A column of a <see cref="ReportTable"/>. Immutable.</summary>
/// <param name="Name">Its name, in English whatever the page's language; "input NAME" for a column of the data.</param>
/// <param name="Type">string, long, double or bool.</param>
public sealed record ReportColumn(string Name, Type Type);
