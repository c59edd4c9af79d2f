using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>All tables of a report as data.</summary>
internal static class ReportTables
{
    public static IReadOnlyList<ReportTable> Of(ReportView view) =>
    [
        Table("rows", RowColumns.All(view), view.Report.Rows),
        Table("groups", GroupColumns.All(view), [.. view.Report.GroupComparisons.SelectMany(comparison => comparison.Groups.Select(group => (comparison, group)))]),
        Table("labels-to-review", LabelColumns.All(view), view.Report.ImplicatedTrainingRows),
        Table("model-quality", QualityColumns.All(view), view.Report.ModelQuality),
    ];

    private static ReportTable Table<T>(string name, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows) => new(
        name,
        [.. columns.Select(column => new ReportColumn(column.Key, TypeOf(column.Kind)))],
        [.. rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => column.Value(row))])]);

    private static Type TypeOf(CellKind kind) => kind switch
    {
        CellKind.Text => typeof(string),
        CellKind.Count => typeof(long),
        CellKind.Logit or CellKind.Share => typeof(double),
        _ => typeof(bool),
    };
}
