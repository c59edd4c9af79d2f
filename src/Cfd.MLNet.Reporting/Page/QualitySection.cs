namespace Cfd.MLNet.Reporting.Page;

/// <summary>How the model as it is decides, by group.</summary>
internal static class QualitySection
{
    public static Section Create(ReportView view) => new("model", "Model", "The model as it is", Html.Of($"""
        <p>On the audited rows, whatever the filters say. In brackets 95 % intervals (Wilson).</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">{view.Attribute}</th><th scope="col" class="n">rows</th><th scope="col" class="n">predicted {view.Outcome(true)}</th>
        <th scope="col" class="n">accuracy</th><th scope="col" class="n">{view.Outcome(false)}, predicted {view.Outcome(true)}</th>
        <th scope="col" class="n">{view.Outcome(true)}, predicted {view.Outcome(false)}</th><th scope="col" class="n">AUC</th></tr></thead>
        <tbody>{view.Report.ModelQuality.Select(Row)}</tbody></table></div>
        """));

    private static Html Row(ModelQuality quality) => Html.Of($"""
        <tr><th scope="row">{quality.Group ?? "all"}</th><td class="n">{quality.Selected.Total}</td>{Share(quality.Selected)}{Share(quality.Correct)}
        {Share(quality.FalsePositive)}{Share(quality.FalseNegative)}
        <td class="n">{(quality.AreaUnderRocCurve is { } area ? area.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) : "–")}</td></tr>
        {(quality.Remark is { } remark ? Html.Of($"<tr class=\"remark\"><td colspan=\"7\">{quality.Group ?? "all"}: {remark}</td></tr>") : Html.Empty)}
        """);

    private static Html Share(Proportion? share) => share is null
        ? new Html("<td class=\"n\">–</td>")
        : Html.Of($"<td class=\"n\">{Words.Percent(share.Value)} <small>({Words.Range(share)})</small></td>");
}
