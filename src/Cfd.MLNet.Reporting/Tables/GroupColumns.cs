using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>The groups of all comparisons.</summary>
internal static class GroupColumns
{
    private const string Unsettled = "unsettled", Open = "open", Remark = "remark";

    /// <summary>The columns of the page, of <see cref="All"/>: without those that would be empty.</summary>
    public static IEnumerable<string> OnPage(GroupComparison comparison) => ((string[])["group", "audited", "passed_phi", Unsettled, Open, "found", "share", "low", "to_favourable", "to_unfavourable", Remark])
        .Where(key => comparison.Groups.Any(group => key switch
        {
            Unsettled => group.Unsettled > 0,
            Open => group.Open > 0,
            Remark => group.Remark is not null,
            _ => true,
        }));

    public static IReadOnlyList<Column<(GroupComparison Comparison, GroupSummary Group)>> All(ReportView view) =>
    [
        new("attributes", CellKind.Text, row => string.Join(" and ", row.Comparison.Attributes)),
        new("group", CellKind.Text, row => row.Group.Group, row => Html.Of($"<bdi>{view.Group(row.Group.Group)}</bdi>")),
        new("audited", CellKind.Count, row => (long)row.Group.Audited, row => Audited(view, row.Group)),
        new("passed_phi", CellKind.Count, row => (long)row.Group.PassedPhi),
        new(Unsettled, CellKind.Count, row => (long)row.Group.Unsettled),
        new(Open, CellKind.Count, row => (long)row.Group.Open),
        new("found", CellKind.Count, row => (long)row.Group.Share.Found, row => Html.Of($"{view.Say.Of(row.Group.Share)}")),
        new("share", CellKind.Share, row => row.Group.Share.Lower, row => Html.Of($"{view.Numbers.Percent(row.Group.Share)}")),
        new("share_at_most", CellKind.Share, row => row.Group.Share.Upper),
        new("low", CellKind.Share, row => row.Group.Share.SamplingLow, row => Html.Of($"{view.Numbers.Range(row.Group.Share)}")),
        new("high", CellKind.Share, row => row.Group.Share.SamplingHigh),
        new("to_favourable", CellKind.Count, row => (long)row.Group.ToFavourable),
        new("to_unfavourable", CellKind.Count, row => (long)row.Group.ToUnfavourable),
        new(Remark, CellKind.Text, row => row.Group.Remark, row => row.Group.Remark is { } remark ? view.Core(remark) : Html.Empty),
    ];

    /// <summary>Of how many, where rows of the group were left out.</summary>
    private static Html Audited(ReportView view, GroupSummary group) => Html.Of($"{(group.Audited < group.InTestView
        ? view.Say.Fill("of", view.Numbers.Count(group.Audited), view.Numbers.Count(group.InTestView))
        : view.Numbers.Count(group.Audited))}");
}
