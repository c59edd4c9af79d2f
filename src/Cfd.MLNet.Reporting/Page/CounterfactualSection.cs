using Cfd.MLNet.Reporting.Charts;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>Each counterfactual dataset: the test row beside the rows whose labels flip, as a table and as parallel coordinates.</summary>
internal static class CounterfactualSection
{
    private const int RowsShown = 12;

    public static Section Create(ReportView view)
    {
        var chart = ParallelChart.Create(view);
        return new Section("cfds", "CFDs", "The counterfactual datasets", view.Found.Count == 0
            ? Html.Of($"<p>None was found.</p>")
            : Html.Of($"""
                <p>Each shows a {view.Text.Row} of the test set beside the training rows whose labels turn over. Values that differ from the
                {view.Text.Row}'s are marked. In the picture each line is a row: numbers by their place between the smallest and the largest value
                shown in this report, words in the order of the alphabet.</p>
                <p class="buttons"><button type="button" data-open="cfd" hidden>Open all</button> <button type="button" data-close="cfd" hidden>Close all</button></p>
                {chart.Frame}
                {view.Found.Select((row, index) => Row(view, chart, row, isOpen: index == 0))}
                """));
    }

    private static Html Row(ReportView view, ParallelChart chart, AuditedRow row, bool isOpen)
    {
        string from = view.Outcome(row.PredictedLabel), to = view.Outcome(!row.PredictedLabel);
        return Html.Of($"""
            <details class="cfd" id="{ReportView.Anchor(row)}"{(isOpen ? new Html(" open") : Html.Empty)}>
            <summary><b>{view.Name(row)}</b> <span>{row.Group}</span> <span class="flip">{from} → {to}</span>
            <span>logit {Words.Logit(row.Score)} → {Words.Logit(row.CounterfactualScore)}</span>
            <span>{Words.Counted(row.FlippedRows.Count, "label")}, attempt {row.Counterfactuals[0].Attempt}</span></summary>
            {EvidenceSection.Of(row)}
            {row.Counterfactuals.Select((found, index) => Counterfactual(view, chart, row, found, index))}
            </details>

            """);
    }

    private static Html Counterfactual(ReportView view, ParallelChart chart, AuditedRow row, AuditedCounterfactual found, int index)
    {
        ImplicatedRow[] flipped = [.. found.FlippedRows.Select(view.Implicated)];
        ImplicatedRow[] shown = [.. flipped.Take(RowsShown)];
        return Html.Of($"""
            {(row.Counterfactuals.Count > 1 ? Html.Of($"<h4>CFD {index + 1} of {row.Counterfactuals.Count}: attempt {found.Attempt}, logit {Words.Logit(found.Score)}</h4>") : Html.Empty)}
            {chart.Lines(row, index, flipped)}
            <div class="scroll"><table class="compare">
            <thead><tr><td></td><th scope="col">{view.Name(row)}<small>test</small></th>{shown.Select(other => Html.Of($"<th scope=\"col\">{view.Name(other)}<small>training</small></th>"))}</tr></thead>
            <tbody>{view.Report.Inputs.Select((input, column) => Feature(input, row.Inputs[column], shown.Select(other => other.Inputs[column])))}
            <tr class="label"><th scope="row">label</th><td>{(row.Label is { } label ? view.Outcome(label) : "–")}</td>
            {shown.Select(other => Html.Of($"<td><s>{view.Outcome(other.Label)}</s> <b>{view.Outcome(!other.Label)}</b></td>"))}</tr></tbody></table></div>
            {(flipped.Length > RowsShown ? Html.Of($"<p class=\"note\">Flipped, too: {string.Join(", ", flipped.Skip(RowsShown).Select(view.Name))}.</p>") : Html.Empty)}
            """);
    }

    private static Html Feature(InputColumn input, string own, IEnumerable<string> others) => Html.Of($"""
        <tr><th scope="row">{input.Name}</th><td>{own}</td>{others.Select(other => other == own
            ? Html.Of($"<td>{other}</td>")
            : Html.Of($"<td class=\"differs\">{other}</td>"))}</tr>
        """);
}
