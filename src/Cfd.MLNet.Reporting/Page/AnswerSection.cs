using Cfd.MLNet.Reporting.Marks;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>
/// The first screen: the headline, what a reader must know before believing it, how strong the evidence is, groups with their intervals, and a
/// map of all people. Its sentences are the library's own.
/// </summary>
internal static class AnswerSection
{
    private const int LongName = 24;

    public static Section Create(ReportView view) => new("answer", Html.Of($"""
        {Core(view, PeopleMap.Create(view))}
        <details class="explain"><summary>{view.Say["explain.summary"]}</summary>
        <p>{view.Say.Say("explain.what", view.Say.Counted("label", view.Report.Summary.Budget))}</p>
        <p>{view.Say.Say("explain.not", view.Outcome(true))}</p></details>
        """));

    /// <summary>All of it but the explanations.</summary>
    public static Html Core(ReportView view, Html map) => Html.Of($"""
        <p class="headline" dir="auto">{view.Core(view.Report.Headline)}</p>
        {Caveats(view)}
        <div class="tallies">{Tallies(view)}</div>
        <div class="first{(view.Report.Groups.Any(group => group.Group.Length > LongName) ? " stacked" : "")}">
        <div class="first-groups"><h3>{view.Say.Say("answer.groups", view.Attribute)}</h3>{Groups(view)}
        <p class="finding" dir="auto">{view.Core(view.Report.GroupComparisons[0].Finding)}</p></div>
        {map}
        </div>
        """);

    /// <summary>Which label is favourable, and what both are called.</summary>
    public static Html Outcomes(ReportView view) => Html.Of($"""
        <p class="small">{view.Say.Say("outcomes", Meaning(view, true), Meaning(view, false))}</p>
        """);

    private static Html Meaning(ReportView view, bool label)
    {
        string value = label ? view.Report.Provenance.PositiveLabel : view.Report.Provenance.NegativeLabel;
        return view.Outcome(label) is var word && word == value ? Html.Of($"<b>{value}</b>") : Html.Of($"<b>{value}</b> ({word})");
    }

    /// <summary>What to know before believing a figure.</summary>
    public static Html Caveats(ReportView view) => view.Report.Caveats.Count == 0 ? Html.Empty : Html.Of($"""
        <ul class="caveats" aria-label="{view.Say["caveats"]}">{view.Report.Caveats.Select(caveat => Html.Of($"""
            <li class="{(caveat.Severity == CaveatSeverity.Warning ? "warning" : "notice")}"><b>{view.Say[$"severity.{caveat.Severity}"]}</b> <span dir="auto">{view.Core(caveat.Sentence)}.</span></li>
            """))}</ul>
        """);

    /// <summary>Counts by word, never a claim: how many were asked about, found, and how strong what was found is.</summary>
    private static Html Tallies(ReportView view)
    {
        var (summary, share) = (view.Report.Summary, view.Report.Summary.Share);
        return Html.Of($"""
            {Tally(view.Say["tally.found"], Html.Of($"{view.Numbers.Count(summary.Found)} <i>/ {view.Numbers.Count(share.Total)}</i>"), Html.Of($"{Bounds(view, share)}"))}
            {(summary.Found == 0 ? Html.Empty : Tally(view.Say["tally.strength"], Html.Empty, Html.Of($"<ul class=\"strengths\">{Verdicts(view)}</ul>")))}
            {Tally(view.Say["tally.rest"], Html.Empty, Html.Of($"<ul class=\"rest\">{Rest(view)}</ul>"))}
            {Tally(view.Say["tally.effort"], Html.Of($"{view.Numbers.Count(summary.UniqueRetrains)}"), Html.Of($"{view.Say.Fill("tally.budget", view.Say.Counted("label", summary.Budget))}{Trainings(view)}"))}
            """);
    }

    /// <summary>What that is in trainings, the unit of evidence, where several networks decide; and those after the search.</summary>
    private static string Trainings(ReportView view)
    {
        var (summary, networks) = (view.Report.Summary, view.Report.Provenance.EnsembleSize);
        string trainings = networks > 1 ? $"; {view.Say.Fill("tally.trainings", networks, view.Numbers.Count((double)networks * summary.UniqueRetrains))}" : "";
        return summary.MinimisationTrainings == 0 ? trainings : $"{trainings}; {view.Say.Fill("tally.leaving-out", view.Say.Counted("training", summary.MinimisationTrainings))}";
    }

    private static Html Tally(string name, Html value, Html remark)
        => Html.Of($"<div><h3>{name}</h3>{(value.Text.Length > 0 ? Html.Of($"<p class=\"figure\">{value}</p>") : Html.Empty)}<div class=\"small\">{remark}</div></div>");

    private static string Bounds(ReportView view, BoundedShare share)
    {
        if (share.Total == 0) return "";
        var numbers = view.Numbers;
        string interval = view.Say.Fill("share.interval", numbers.Percent(share.SamplingLow), numbers.Percent(share.SamplingHigh));
        return share.IsExact
            ? $"{numbers.Percent(share.Lower)} · {interval}"
            : $"{view.Say.Fill("share.bounds", numbers.Percent(share.Lower), numbers.Percent(share.Upper), view.Say.Counted("row", share.Open))} · {interval}";
    }

    private static IEnumerable<Html> Verdicts(ReportView view)
        => view.Found.GroupBy(row => Strengths.Of(row)!.Value).OrderByDescending(kind => kind.Key)
            .Select(kind => Html.Of($"<li><b>{view.Numbers.Count(kind.Count())}</b> {Badge.Of(view, kind.Key)}</li>"));

    private static IEnumerable<Html> Rest(ReportView view)
        => view.Report.Rows.Where(row => row.Counterfactuals.Count == 0).GroupBy(row => row.Outcome).OrderByDescending(kind => kind.Key)
            .Select(kind => Html.Of($"<li><b>{view.Numbers.Count(kind.Count())}</b> {view.Word(kind.Key)}</li>"));

    private static Html Groups(ReportView view)
    {
        var groups = view.Report.GroupComparisons[0].Groups;
        var axis = IntervalMark.AxisTo(groups.Where(group => group.Share.Total > 0).Select(group => group.Share.SamplingHigh).DefaultIfEmpty(1).Max());
        return Html.Of($"""
            <table class="intervals"><thead><tr><th scope="col">{view.Attribute}<th scope="col" class="n">{view.Say["answer.found"]}<th scope="col" class="n">{view.Say["answer.share"]}{IntervalMark.Heading(view, axis)}</tr></thead><tbody>
            {groups.Select(group => Html.Of($"""
                <tr><th scope="row"><bdi>{view.Group(group.Group)}</bdi><td class="n">{view.Say.Of(group.Share)}{(group.Unsettled > 0 ? Html.Of($" <small>{view.Say.Fill("answer.unsettled", view.Numbers.Count(group.Unsettled))}</small>") : Html.Empty)}<td class="n">{view.Numbers.Percent(group.Share)}<td class="graph">{IntervalMark.Of(axis, group.Share)}<small class="range">{view.Numbers.Range(group.Share)}</small></tr>
                """))}</tbody></table>
            """);
    }
}
