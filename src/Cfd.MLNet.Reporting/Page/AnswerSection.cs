namespace Cfd.MLNet.Reporting.Page;

/// <summary>The answer in one sentence, and the audit in numbers.</summary>
internal static class AnswerSection
{
    public static Section Create(ReportView view)
    {
        var summary = view.Report.Summary;
        return new Section("answer", "Answer", "Do predictions hinge on a few training labels?", Html.Of($"""
            <p class="answer">{Answer(view)}</p>
            <p class="note">Favourable: <b>{view.Report.Provenance.PositiveLabel}</b>{Meaning(view, true)}. Unfavourable: <b>{view.Report.Provenance.NegativeLabel}</b>{Meaning(view, false)}.</p>
            {Difference(view)}
            {Warnings(view).Select(warning => Html.Of($"<p class=\"note\">{warning}</p>"))}
            <dl class="cards">
            {Card("rows audited", Words.Count(summary.Audited), $"{Words.Count(summary.FilteredOut)} filtered out")}
            {Card("with a CFD", Words.Count(summary.Found), $"{Words.Count(summary.OneShot)} at the first attempt")}
            {Card("to " + view.Outcome(true), Words.Count(summary.ToFavourable), $"from {view.Outcome(false)}")}
            {Card("to " + view.Outcome(false), Words.Count(summary.ToUnfavourable), $"from {view.Outcome(true)}")}
            {Card("models retrained", Words.Count(summary.UniqueRetrains), $"answered {Words.Counted(summary.Attempts, "attempt")}")}
            </dl>
            <details class="explain"><summary>What this means, and what it does not</summary>
            <p>A <dfn>counterfactual dataset</dfn> (CFD) is the training set with at most {Words.Counted(summary.Budget, "label")} turned over,
            such that the model retrained on it decides differently for one person. It is a counterexample to “this decision does not depend on
            biased labels”. Labels change, never the person.</p>
            <p>It does not say that these labels are wrong, nor that anyone was biased. “Not found” means that no attempt turned the decision
            over, not that none could. Rows are <em>filtered out</em> where the question does not arise, by default because changing the protected
            attribute alone already changes the decision. A <em>logit</em> above 0 means “{view.Outcome(true)}”.</p></details>
            """));
    }

    private static Html Answer(ReportView view)
    {
        var (report, share) = (view.Report, view.Report.Summary.ShareOfAnswered);
        string labels = report.Summary.Budget == 1 ? "a single one" : $"at most {Words.Count(report.Summary.Budget)}";
        if (share.Total == 0) return Html.Of($"No {view.Text.Row} was answered, so nothing can be said.");
        return Html.Of($"""
            <strong>{Words.Count(share.Count)} of {Words.Count(share.Total)}</strong> predictions ({Words.Percent(share.Value)}) hinge on {labels} of
            {Words.Count(report.Provenance.TrainingRows)} training labels: turn {(report.Summary.Budget == 1 ? "it" : "these")} over, train again, and the
            model decides differently. <span class="interval">95 % interval {Words.Range(share)}</span>
            """);
    }

    /// <summary>The word for a label's value, where it has one of its own.</summary>
    private static string Meaning(ReportView view, bool label)
    {
        string value = label ? view.Report.Provenance.PositiveLabel : view.Report.Provenance.NegativeLabel;
        return view.Outcome(label) is var word && word == value ? "" : $" ({word})";
    }

    private static Html Difference(ReportView view)
    {
        if (view.Report.GroupComparisons[0].Differences is not [var largest, ..]) return Html.Empty;
        var difference = largest.Difference;
        string verdict = difference.Low > 0 ? "the intervals do not allow for none" : "no difference can be told from these rows";
        return Html.Of($"""
            <p>The share is {Words.Points(difference.Value).TrimStart('+')} percentage points higher for <b>{largest.Group}</b> than for <b>{largest.Other}</b>
            ({view.Attribute}; 95 % interval {Words.Points(difference.Low)} to {Words.Points(difference.High)}): {verdict}.</p>
            """);
    }

    private static IEnumerable<string> Warnings(ReportView view)
    {
        var summary = view.Report.Summary;
        if (view.Report.PhiRemark is { } remark) yield return $"{remark}.";
        if (summary.Cancelled > 0) yield return $"The audit was cancelled: {Words.Counted(summary.Cancelled, "row")} without an answer.";
        if (summary.OutOfTime > 0) yield return $"A time budget ended: {Words.Counted(summary.OutOfTime, "row")} without an answer.";
        if (summary.Failed > 0)
            yield return $"{Words.Counted(summary.Failed, "row")} could not be answered; the first because {view.Report.Rows.First(row => row.Outcome == CounterfactualOutcome.Failed).Reason}.";
    }

    private static Html Card(string name, string value, string remark)
        => Html.Of($"<div><dt>{name}</dt><dd><b>{value}</b><small>{remark}</small></dd></div>");
}
