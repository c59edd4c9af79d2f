namespace Cfd.MLNet.Reporting.Page;

/// <summary>The answer in one sentence, and the audit in numbers.</summary>
internal static class AnswerSection
{
    public static Section Create(ReportView view)
    {
        var summary = view.Report.Summary;
        return new Section("answer", "Answer", "Do predictions hinge on a few training labels?", Html.Of($"""
            <p class="answer">{Answer(view)}</p>
            <p>{view.Report.GroupComparisons[0].Finding}</p>
            <p class="note">Favourable: <b>{view.Report.Provenance.PositiveLabel}</b>{Meaning(view, true)}. Unfavourable: <b>{view.Report.Provenance.NegativeLabel}</b>{Meaning(view, false)}.</p>
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
        var (report, share) = (view.Report, view.Report.Summary.Share);
        if (share.Total == 0) return Html.Of($"{report.Headline}");
        string bounds = share.IsExact ? Words.Percent(share.Lower) : $"{Words.Percent(share.Lower)} to {Words.Percent(share.Upper)}, as {Words.Counted(share.Open, "row")} are open";
        return Html.Of($"""
            <strong>{report.Headline}</strong> That is {bounds} of those asked about. <span class="interval">Were other rows drawn: 95 % interval
            {Words.Percent(share.SamplingLow)} to {Words.Percent(share.SamplingHigh)}</span>
            """);
    }

    /// <summary>The word for a label's value, where it has one of its own.</summary>
    private static string Meaning(ReportView view, bool label)
    {
        string value = label ? view.Report.Provenance.PositiveLabel : view.Report.Provenance.NegativeLabel;
        return view.Outcome(label) is var word && word == value ? "" : $" ({word})";
    }

    private static IEnumerable<string> Warnings(ReportView view) => view.Report.Caveats.Select(caveat => $"{caveat.Sentence}.");

    private static Html Card(string name, string value, string remark)
        => Html.Of($"<div><dt>{name}</dt><dd><b>{value}</b><small>{remark}</small></dd></div>");
}
