namespace Cfd.MLNet.Reporting.Page;

/// <summary>All audited rows, to sort and to filter.</summary>
internal static class RowSection
{
    public static Section Create(ReportView view)
    {
        var rows = view.Report.Rows;
        return new Section("rows", "Rows", "All audited rows", Html.Of($"""
            <form class="filters" data-filters="row-table" role="search" aria-label="Filter the rows">
            <label>Search <input type="search" data-filter="text" autocomplete="off"></label>
            <label>Outcome <select data-filter="outcome"><option value="">all</option>{Options(rows.Select(row => ReportView.Word(row.Outcome)))}</select></label>
            <label>{view.Attribute} <select data-filter="group"><option value="">all</option>{Options(rows.Select(row => row.Group))}</select></label>
            <label>Decision <select data-filter="decision"><option value="">all</option>{Options(rows.Select(row => view.Outcome(row.PredictedLabel)))}</select></label>
            <output aria-live="polite">{Words.Counted(rows.Count, "row")}</output>
            </form>
            <div class="scroll tall"><table id="row-table" data-sortable>
            <thead><tr>{Heading(view.Text.Row)}{Heading(view.Attribute)}{Heading("decision")}{Heading("label")}{Heading("outcome")}{Heading("logit", true)}
            {Heading("logit of f′", true)}{Heading("labels", true)}{Heading("attempts", true)}{Heading("admitted", true)}</tr></thead>
            <tbody>{rows.Select(row => Row(view, row))}</tbody></table></div>
            """));
    }

    private static IEnumerable<Html> Options(IEnumerable<string> values)
        => values.Distinct().Order(StringComparer.Ordinal).Select(value => Html.Of($"<option>{value}</option>"));

    private static Html Heading(string name, bool isNumber = false)
        => Html.Of($"<th scope=\"col\"{(isNumber ? new Html(" class=\"n\"") : Html.Empty)}><button type=\"button\">{name}</button></th>");

    private static Html Row(ReportView view, AuditedRow row)
    {
        string decision = view.Outcome(row.PredictedLabel), outcome = ReportView.Word(row.Outcome);
        bool isFound = row.Counterfactuals.Count > 0;
        string name = row.Id ?? Words.Count(row.Position);
        return Html.Of($"""
            <tr data-outcome="{outcome}" data-group="{row.Group}" data-decision="{decision}"><th scope="row" data-sort="{row.Position}">
            {(isFound ? Html.Of($"<a href=\"#{ReportView.Anchor(row)}\">{name}</a>") : Html.Of($"{name}"))}</th><td>{row.Group}</td><td>{decision}</td>
            <td>{(row.Label is { } label ? view.Outcome(label) : "–")}</td><td title="{row.Reason}"><span class="tag {Kind(row.Outcome)}">{outcome}</span></td>
            {Number(row.Score)}{Number(row.CounterfactualScore)}<td class="n">{(isFound ? Words.Count(row.FlippedRows.Count) : "–")}</td>
            <td class="n">{row.Attempts}</td><td class="n">{row.AdmittedRowCount}</td></tr>

            """);
    }

    private static Html Number(float value) => float.IsNaN(value)
        ? new Html("<td class=\"n\" data-sort=\"\">–</td>")
        : Html.Of($"<td class=\"n\" data-sort=\"{value}\">{Words.Logit(value)}</td>");

    private static string Kind(CounterfactualOutcome outcome) => outcome switch
    {
        CounterfactualOutcome.Found => "found",
        CounterfactualOutcome.NotFound => "plain",
        CounterfactualOutcome.FilteredOut => "quiet",
        _ => "warn",
    };
}
