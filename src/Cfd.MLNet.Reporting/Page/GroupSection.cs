using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>Groups side by side, comparison by comparison.</summary>
internal static class GroupSection
{
    private const int DifferencesShown = 12;

    public static Section Create(ReportView view) => new("groups", Html.Of($"""
        <p>{view.Say["groups.intro"]} {(view.Report.GroupComparisons.Count > 1 ? view.Say["groups.many"] : "")}</p>
        <div class="comparisons">{view.Report.GroupComparisons.Select((comparison, index) => Comparison(view, comparison, index))}</div>
        """));

    private static Html Comparison(ReportView view, GroupComparison comparison, int index)
    {
        string title = view.Say.Fill("groups.by", string.Join(view.Say["and"], comparison.Attributes));
        var columns = TableHtml.Choose(GroupColumns.All(view), GroupColumns.OnPage(comparison));
        return Html.Of($"""
            <h3>{title}</h3>
            <p dir="auto">{view.Core(comparison.Finding)}</p>
            {TableHtml.Of(view, "groups-table", columns, comparison.Groups.Select(group => (comparison, group)), title, id: FormattableString.Invariant($"groups-table-{index}"))}
            {Differences(view, comparison)}
            """);
    }

    private static Html Differences(ReportView view, GroupComparison comparison) => comparison.Differences.Count == 0 ? Html.Empty : Html.Of($"""
        <div class="scroll" role="region" aria-label="{view.Say["difference"]} {string.Join(view.Say["and"], comparison.Attributes)}" tabindex="0"><table>
        <thead><tr><th scope="col">{view.Say["difference.between"]}</th><th scope="col">{view.Say["difference"]}</th><th scope="col" class="n">{view.Say["difference.points"]}</th><th scope="col" class="n">{view.Say["difference.interval"]}</th>
        <th scope="col" class="n">{view.Say["difference.ratio"]}</th><th scope="col" class="n">{view.Say["difference.interval"]}</th></tr></thead>
        <tbody>{comparison.Differences.Take(DifferencesShown).Select(difference => Difference(view, difference))}</tbody></table></div>
        {(comparison.Differences.Count > DifferencesShown ? Html.Of($"<p class=\"small\">{view.Say.Fill("difference.largest", DifferencesShown, comparison.Differences.Count)}</p>") : Html.Empty)}
        """);

    private static Html Difference(ReportView view, GroupDifference difference) => Html.Of($"""
        <tr><th scope="row"><bdi>{view.Group(difference.Group)}</bdi> – {(difference.Other is { } other ? Html.Of($"<bdi>{view.Group(other)}</bdi>") : Html.Of($"{view.Say["difference.rest"]}"))}
        <td>{view.Say[difference.IsDifference ? "yes" : "difference.unknown"]}<td class="n">{view.Numbers.Points(difference.Difference.Value)}
        <td class="n">{view.Numbers.Points(difference.Difference.Low)} – {view.Numbers.Points(difference.Difference.High)} ({view.Numbers.Level(difference.Level)})
        {(difference.Ratio is { } ratio
            ? Html.Of($"<td class=\"n\">{view.Numbers.Ratio(ratio.Value)}<td class=\"n\">{view.Numbers.Ratio(ratio.Low)} – {view.Numbers.Ratio(ratio.High)}")
            : Html.Of($"<td colspan=\"2\">{(difference.Remark is { } remark ? view.Core(remark) : Html.Empty)}"))}</tr>
        """);
}
