using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>The groups of all comparisons.</summary>
internal static class GroupColumns
{
    /// <summary>The columns of the page, of <see cref="All"/>.</summary>
    public static readonly IReadOnlyList<string> OnPage = ["group", "audited", "passed_phi", "found", "share", "low", "to_favourable", "to_unfavourable", "remark"];

    public static IReadOnlyList<Column<(GroupComparison Comparison, GroupSummary Group)>> All(ReportView view) =>
    [
        new("attributes", CellKind.Text, row => string.Join(" and ", row.Comparison.Attributes)),
        new("group", CellKind.Text, row => row.Group.Group, row => Html.Of($"<bdi>{view.Group(row.Group.Group)}</bdi>")),
        new("audited", CellKind.Count, row => (long)row.Group.Audited, row => Audited(view, row.Group)),
        new("passed_phi", CellKind.Count, row => (long)row.Group.Found.Total),
        new("found", CellKind.Count, row => (long)row.Group.Found.Count),
        new("share", CellKind.Share, row => row.Group.Found.Value),
        new("low", CellKind.Share, row => row.Group.Found.Low, row => Html.Of($"{view.Numbers.Range(row.Group.Found)}")),
        new("high", CellKind.Share, row => row.Group.Found.High),
        new("to_favourable", CellKind.Count, row => (long)row.Group.ToFavourable),
        new("to_unfavourable", CellKind.Count, row => (long)row.Group.ToUnfavourable),
        new("remark", CellKind.Text, row => row.Group.Remark, row => row.Group.Remark is { } remark ? view.Core(remark) : Html.Empty),
    ];

    /// <summary>Of how many, where rows of the group were left out.</summary>
    private static Html Audited(ReportView view, GroupSummary group) => Html.Of($"{(group.Audited < group.InTestView
        ? view.Say.Fill("of", view.Numbers.Count(group.Audited), view.Numbers.Count(group.InTestView))
        : view.Numbers.Count(group.Audited))}");
}
