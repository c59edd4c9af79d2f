namespace Cfd.MLNet.Reporting.Page;

/// <summary>The training labels that recur: what a person would review first.</summary>
internal static class ImplicatedSection
{
    private const int RowsShown = 100;

    public static Section Create(ReportView view)
    {
        var rows = view.Report.ImplicatedTrainingRows;
        return new Section("labels", "Labels", "Training labels to review first", rows.Count == 0 ? Html.Of($"<p>None is implicated.</p>") : Html.Of($"""
            <p>{Words.Counted(rows.Count, "training row")} turn over in the CFDs above. Those that recur are what a person would look at first.
            {(rows.Count > RowsShown ? $"The first {RowsShown} are shown." : "")}</p>
            <div class="scroll tall"><table data-sortable>
            <thead><tr>{Heading(view.Text.Row)}{Heading("label")}{Heading(view.Attribute)}{Heading("in CFDs", true)}{Heading("for whom")}
            {view.Report.Inputs.Select(input => Heading(input.Name, input.IsNumber))}</tr></thead>
            <tbody>{rows.Take(RowsShown).Select(row => Row(view, row))}</tbody></table></div>
            """));
    }

    private static Html Heading(string name, bool isNumber = false)
        => Html.Of($"<th scope=\"col\"{(isNumber ? new Html(" class=\"n\"") : Html.Empty)}><button type=\"button\">{name}</button></th>");

    private static Html Row(ReportView view, ImplicatedRow row)
    {
        string groups = string.Join(", ", row.ByGroup.Select(group => $"{Words.Count(group.TestRows)} {group.Group}"));
        return Html.Of($"""
            <tr><th scope="row" data-sort="{row.Position}">{row.Id ?? Words.Count(row.Position)}</th><td>{view.Outcome(row.Label)}</td><td>{row.Group}</td>
            <td class="n">{row.Count}</td><td>{groups}</td>{row.Inputs.Zip(view.Report.Inputs, (value, input)
                => Html.Of($"<td{(input.IsNumber ? new Html(" class=\"n\"") : Html.Empty)}>{value}</td>"))}</tr>

            """);
    }
}
