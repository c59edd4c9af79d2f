namespace Cfd.MLNet.Reporting.Page;

/// <summary>
/// The labels that turn over, those forecast to shift the decision most first, beside the person: only values that differ (as in DiCE, R. K. Mothilal
/// et al., Explaining machine learning classifiers through diverse counterfactual explanations, 2020).
/// </summary>
internal static class FlipTable
{
    /// <summary>Rows beside one another that a sheet of paper has room for; more follow below.</summary>
    private const int Beside = 5;

    public static Html Of(ReportView view, AuditedRow row)
    {
        var found = row.Counterfactuals[0];
        Flip[] flips = [.. found.FlippedRows.Select((position, index) => new Flip(view.Implicated(position), found.ForecastShifts?[index])).OrderByDescending(flip => flip.Forecast).ThenByDescending(flip => flip.Row.Count)];
        return Html.Of($"<h4>{view.Say["person.flips"]}</h4>{flips.Chunk(Beside).Select(some => Table(view, row, some))}");
    }

    private static Html Table(ReportView view, AuditedRow row, Flip[] some)
    {
        ImplicatedRow[] flips = Array.ConvertAll(some, flip => flip.Row);
        int[] differing = [.. Enumerable.Range(0, view.Report.Inputs.Count).Where(column => flips.Any(flip => flip.Inputs[column] != row.Inputs[column]))];
        int alike = view.Report.Inputs.Count - differing.Length;
        return Html.Of($"""
            <div class="scroll" role="region" aria-label="{view.Say["person.flips"]}: {ReportView.Id(row)}, {Html.Join(flips.Select(flip => Html.Of($"{ReportView.Id(flip)}")), ", ")}" tabindex="0"><table class="compare"><thead><tr><td><th>{view.Name(row)}{flips.Select(flip => Html.Of($"<th>{view.Name(flip)}"))}</thead><tbody>
            <tr class=turn><th>{view.Say["person.label"]}<td>{(row.Label is { } label ? view.Outcome(label) : "–")}{flips.Select(flip => Html.Of($"<td><s>{view.Outcome(flip.Label)}</s> → <b>{view.Outcome(!flip.Label)}</b>"))}
            {(some.All(flip => flip.Forecast is null) ? Html.Empty : Html.Of($"<tr><th>{view.Say["person.forecast"]}<td>{some.Select(flip => Html.Of($"<td>{(flip.Forecast is { } shift ? view.Numbers.Logit(shift) : "–")}"))}"))}
            <tr><th>{view.Say["person.hinge"]}<td>{flips.Select(flip => Html.Of($"<td>{view.Numbers.Count(flip.Count)}"))}
            {differing.Select(column => Html.Of($"<tr><th><bdi>{view.Report.Inputs[column].Name}</bdi><td>{row.Inputs[column]}{flips.Select(flip => flip.Inputs[column] == row.Inputs[column] ? Html.Of($"<td class=same>{view.Say["same"]}") : Html.Of($"<td>{flip.Inputs[column]}"))}\n"))}</tbody></table></div>
            {(alike > 0 ? Html.Of($"<p class=\"small\">{view.Say.Counted("alike", alike)}</p>") : Html.Empty)}
            """);
    }

    /// <summary>A label that turns over, and by how many logits it alone was forecast to shift the decision; null without a forecast.</summary>
    private readonly record struct Flip(ImplicatedRow Row, float? Forecast);
}
