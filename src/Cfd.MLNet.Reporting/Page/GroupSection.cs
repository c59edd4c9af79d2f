using Cfd.MLNet.Reporting.Charts;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>Whose predictions hinge on few labels: groups side by side.</summary>
internal static class GroupSection
{
    private const int DifferencesShown = 12;

    public static Section Create(ReportView view) => new("groups", "Groups", "Whose predictions hinge on few labels?", Html.Of($"""
        <p>Shares are of the rows that the filters let pass and that were answered, with 95 % intervals (Wilson). Whether groups differ at all is
        asked first, by a permutation test; nothing is called a difference that does not pass it. Of three groups or more each is then set
        against the rest, with intervals widened for their number (Holm). Differences have Newcombe's interval, ratios Katz's.
        {(view.Report.GroupComparisons.Count > 1 ? "Every table is tested by itself: of twenty without any true difference, one is expected to claim one." : "")}</p>
        {view.Report.GroupComparisons.Select(comparison => Comparison(view, comparison))}
        """));

    private static Html Comparison(ReportView view, GroupComparison comparison) => Html.Of($"""
        <h3>By {string.Join(" and ", comparison.Attributes)}</h3>
        <p>{comparison.Finding}</p>
        {Figure.Of(GroupShareChart.Create(comparison))}
        <div class="scroll"><table>
        <thead><tr>{comparison.Attributes.Select(name => Html.Of($"<th scope=\"col\">{name}</th>"))}<th scope="col" class="n">audited</th>
        <th scope="col" class="n">answered</th><th scope="col" class="n">with a CFD</th><th scope="col" class="n">share</th>
        <th scope="col" class="n">95 % interval</th><th scope="col" class="n">to {view.Outcome(true)}</th>
        <th scope="col" class="n">to {view.Outcome(false)}</th></tr></thead>
        <tbody>{comparison.Groups.Select(Group)}</tbody></table></div>
        {Differences(comparison)}
        """);

    private static Html Group(GroupSummary group) => Html.Of($"""
        <tr>{group.Values.Select(value => Html.Of($"<th scope=\"row\">{Shown(value)}</th>"))}<td class="n">{Audited(group)}</td>
        <td class="n">{group.Found.Total}</td><td class="n">{group.Found.Count}</td><td class="n">{Words.Percent(group.Found.Value)}</td>
        <td class="n">{Words.Range(group.Found)}</td><td class="n">{group.ToFavourable}</td><td class="n">{group.ToUnfavourable}</td></tr>
        {(group.Remark is { } remark ? Html.Of($"<tr class=\"remark\"><td colspan=\"{7 + group.Values.Count}\">{Shown(group.Group)}: {remark}</td></tr>") : Html.Empty)}
        """);

    /// <summary>Of how many, where rows of the group were left out.</summary>
    private static string Audited(GroupSummary group)
        => group.Audited < group.InTestView ? $"{Words.Count(group.Audited)} of {Words.Count(group.InTestView)}" : Words.Count(group.Audited);

    private static Html Differences(GroupComparison comparison) => comparison.Differences.Count == 0 ? Html.Empty : Html.Of($"""
        <div class="scroll"><table>
        <thead><tr><th scope="col">between</th><th scope="col">a difference?</th><th scope="col" class="n">points</th><th scope="col" class="n">interval</th>
        <th scope="col" class="n">ratio</th><th scope="col" class="n">interval</th></tr></thead>
        <tbody>{comparison.Differences.Take(DifferencesShown).Select(Difference)}</tbody></table></div>
        {(comparison.Differences.Count > DifferencesShown ? Html.Of($"<p class=\"note\">The {DifferencesShown} largest of {comparison.Differences.Count} differences.</p>") : Html.Empty)}
        """);

    private static Html Difference(GroupDifference difference) => Html.Of($"""
        <tr><th scope="row">{Shown(difference.Group)} – {(difference.Other is { } other ? Shown(other) : "the rest")}</th>
        <td>{(difference.IsDifference ? Html.Of($"<b>yes</b>") : Html.Of($"cannot be told"))}</td><td class="n">{Words.Points(difference.Difference.Value)}</td>
        <td class="n">{Words.Points(difference.Difference.Low)} to {Words.Points(difference.Difference.High)} ({Words.Percent(difference.Level)})</td>
        {(difference.Ratio is { } ratio
            ? Html.Of($"<td class=\"n\">{Words.Ratio(ratio.Value)}</td><td class=\"n\">{Words.Ratio(ratio.Low)} to {Words.Ratio(ratio.High)}</td>")
            : Html.Of($"<td colspan=\"2\">{difference.Remark}</td>"))}</tr>
        """);

    private static string Shown(string value) => value.Length == 0 ? "(missing)" : value;
}
