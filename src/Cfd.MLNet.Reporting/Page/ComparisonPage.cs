using Cfd.MLNet.Reporting.Marks;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>What changed from one audit to another, as a page.</summary>
internal static class ComparisonPage
{
    private const int LabelsShown = 60;

    public static string Render(AuditReport before, AuditReport after, ReportText text)
    {
        var (old, now) = (new ReportView(before, text), new ReportView(after, text));
        string title = text.Title == ReportText.DefaultTitle ? now.Say["compare.title"] : text.Title;
        string date = SourceSection.Moment(after.Provenance.Started, "yyyy-MM-dd");
        return PageFrame.Of(now.Say.Language, title, date, ReportPage.Words(now.Say), Html.Of($"""
            <header class="top"><div class="wide"><h1 class="brand"><bdi>{title}</bdi> <small>{date}</small></h1></div></header>
            <main class="wide">
            <section id="answer" aria-labelledby="answer-title"><h2 id="answer-title">{now.Say["compare.question"]}</h2>
            <div class="two">{Side(old, "compare.before")}{Side(now, "compare.after")}</div></section>
            <section id="totals" aria-labelledby="totals-title"><h2 id="totals-title">{now.Say["compare.totals"]}</h2>{Totals(old, now)}{Groups(old, now)}</section>
            <section id="people" aria-labelledby="people-title"><h2 id="people-title">{now.Say["compare.people"]}</h2>{People(old, now)}</section>
            <section id="labels" aria-labelledby="labels-title"><h2 id="labels-title">{now.Say["compare.labels"]}</h2>{Labels(old, now)}</section>
            <section id="source" aria-labelledby="source-title"><h2 id="source-title">{now.Say["compare.settings"]}</h2>{Settings(old, now)}</section>
            </main>
            <footer class="wide">{now.Say.Say("footer", after.Provenance.LibraryVersion)}</footer>
            """));
    }

    private static Html Side(ReportView view, string key) => Html.Of($"""
        <div><h3>{view.Say[key]}, {SourceSection.Moment(view.Report.Provenance.Started, "yyyy-MM-dd HH:mm")} UTC</h3><p dir="auto"><b>{view.Core(view.Report.Headline)}</b></p>{AnswerSection.Caveats(view)}</div>
        """);

    private static Html Totals(ReportView old, ReportView now)
    {
        (string Name, Func<AuditReport, int> Count)[] totals =
        [
            (now.Say["compare.audited"], report => report.Summary.Audited),
            (now.Say["compare.found"], report => report.Summary.Found),
            .. Enum.GetValues<EvidenceVerdict>().OrderDescending().Select(verdict => ($"– {now.Say[$"strength.{verdict}"]}", (Func<AuditReport, int>)(report => report.Rows.Count(row => Strengths.Of(row) == verdict)))),
            (now.Say["compare.not-found"], report => report.Summary.NotFound),
            .. Rest(now, old).Select(outcome => (now.Word(outcome), (Func<AuditReport, int>)(report => report.Rows.Count(row => row.Outcome == outcome)))),
            (now.Say["compare.filtered"], report => report.Summary.FilteredOut),
            (now.Say["compare.retrains"], report => report.Summary.UniqueRetrains),
        ];
        return Html.Of($"""
            <table class="pair"><thead><tr><td></td><th scope="col" class="n">{now.Say["compare.before"]}</th><th scope="col" class="n">{now.Say["compare.after"]}</th></tr></thead><tbody>
            {totals.Select(total => Html.Of($"<tr><th scope=\"row\">{total.Name}<td class=n>{now.Numbers.Count(total.Count(old.Report))}<td class=n>{now.Numbers.Count(total.Count(now.Report))}</tr>"))}</tbody></table>
            """);
    }

    /// <summary>Further outcomes that occur in either.</summary>
    private static IEnumerable<CounterfactualOutcome> Rest(ReportView now, ReportView old) => now.Report.Rows.Concat(old.Report.Rows).Select(row => row.Outcome).Distinct()
        .Except([CounterfactualOutcome.Found, CounterfactualOutcome.NotFound, CounterfactualOutcome.FilteredOut]).Order();

    private static Html Groups(ReportView old, ReportView now)
    {
        string[] groups = [.. old.Report.Groups.Concat(now.Report.Groups).Select(group => group.Group).Distinct().Order(StringComparer.Ordinal)];
        double high = old.Report.Groups.Concat(now.Report.Groups).Where(group => group.Share.Total > 0).Select(group => group.Share.SamplingHigh).DefaultIfEmpty(1).Max();
        var axis = IntervalMark.AxisTo(high);
        return Html.Of($"""
            <table class="intervals"><thead><tr><th scope="col">{now.Attribute}<th scope="col">{now.Say["compare.audit"]}<th scope="col" class="n">{now.Say["answer.share"]}{IntervalMark.Heading(now, axis)}</tr></thead><tbody>
            {groups.Select(group => Html.Of($"{Line(old, "compare.before", group)}{Line(now, "compare.after", group)}"))}</tbody></table>
            """);

        Html Line(ReportView view, string key, string group)
        {
            var found = view.Report.Groups.FirstOrDefault(summary => summary.Group == group)?.Share ?? new BoundedShare(0, 0, 0);
            return Html.Of($"<tr><th scope=\"row\"><bdi>{view.Group(group)}</bdi><td>{view.Say[key]}<td class=n>{view.Numbers.Percent(found)} <small>{view.Say.Of(found)}</small><td class=\"graph\">{IntervalMark.Of(axis, found)}</tr>");
        }
    }

    private static Html People(ReportView old, ReportView now)
    {
        var known = old.Report.Rows.GroupBy(ReportView.Id).ToDictionary(rows => rows.Key, rows => rows.First());
        AuditedRow[] common = [.. now.Report.Rows.Where(row => known.ContainsKey(ReportView.Id(row)))];
        AuditedRow[] changed = [.. common.Where(row => known[ReportView.Id(row)] is var was && (was.Outcome != row.Outcome || was.PredictedLabel != row.PredictedLabel || Strengths.Of(was) != Strengths.Of(row)))];
        return Html.Of($"""
            <p>{now.Say.Fill("compare.changed", now.Say.Counted("row", common.Length), now.Numbers.Count(changed.Length))}</p>
            {(changed.Length == 0 ? Html.Empty : Html.Of($"""
            <div class="scroll tall" role="region" aria-label="{now.Say.Fill("table", now.Say["compare.people"])}" tabindex="0"><table><thead><tr><th scope="col">{now.Noun}<th scope="col">{now.Attribute}<th scope="col">{now.Say["compare.before"]}<th scope="col">{now.Say["compare.after"]}</tr></thead><tbody>
            {Strengths.Sorted(changed).Select(row => Html.Of($"<tr><th scope=\"row\">{ReportView.Id(row)}<td>{now.Group(row.Group)}<td>{Answer(now, known[ReportView.Id(row)])}<td>{Answer(now, row)}</tr>\n"))}</tbody></table></div>
            """))}
            """);
    }

    private static Html Answer(ReportView view, AuditedRow row)
        => Html.Of($"{view.Outcome(row.PredictedLabel)} ({view.Numbers.Logit(row.Score)}), {view.Word(row.Outcome)} {Badge.OfRow(view)(row)}");

    private static Html Labels(ReportView old, ReportView now)
    {
        string[] before = [.. old.Report.ImplicatedTrainingRows.Select(ReportView.Id)], after = [.. now.Report.ImplicatedTrainingRows.Select(ReportView.Id)];
        return Facts.Of(
        [
            (now.Say["compare.labels-both"], List(before.Intersect(after))),
            (now.Say["compare.labels-new"], List(after.Except(before))),
            (now.Say["compare.labels-gone"], List(before.Except(after))),
        ]);

        string List(IEnumerable<string> ids)
        {
            string[] all = [.. ids];
            string listed = string.Join(", ", all.Take(LabelsShown));
            return all.Length == 0 ? "–" : all.Length <= LabelsShown ? $"{all.Length}: {listed}" : $"{all.Length}: {listed} {now.Say.Fill("more", all.Length - LabelsShown)}";
        }
    }

    private static Html Settings(ReportView old, ReportView now)
    {
        var (was, after, say) = (old.Report.Provenance, now.Report.Provenance, now.Say);
        Dictionary<string, string> Named(AuditProvenance provenance) => provenance.Settings.GroupBy(setting => setting.Name).ToDictionary(setting => setting.Key, setting => setting.First().Value);
        var (before, next) = (Named(was), Named(after));
        (string Name, string Value)[] facts =
        [
            (say["source.training"], say[was.TrainingDataHash == after.TrainingDataHash ? "same" : "compare.different"]),
            (say["source.test"], say[was.TestDataHash == after.TestDataHash ? "same" : "compare.different"]),
            (say["source.library"], was.LibraryVersion == after.LibraryVersion ? after.LibraryVersion : $"{was.LibraryVersion} → {after.LibraryVersion}"),
            .. before.Keys.Union(next.Keys).Where(name => before.GetValueOrDefault(name) != next.GetValueOrDefault(name)).Select(name => (name, $"{before.GetValueOrDefault(name) ?? "–"} → {next.GetValueOrDefault(name) ?? "–"}")),
        ];
        return Facts.Of(facts);
    }
}
