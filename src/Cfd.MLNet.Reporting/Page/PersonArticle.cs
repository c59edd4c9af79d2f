using Cfd.MLNet.Reporting.Marks;
using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>One audited row for whom it is about: a plain sentence, what was tried, what was found, what that is worth. Fits on one sheet.</summary>
internal static class PersonArticle
{
    public static Html Of(ReportView view, AuditedRow row) => row.Counterfactuals.Count > 0 ? Found(view, row) : NotFound(view, row);

    private static Html Found(ReportView view, AuditedRow row) => Html.Of($"""
        <article class="person found" id={view.Anchor(row)}>
        <header><h3>{view.Name(row)} <small>{view.Group(row.Group)}</small></h3>{Badge.OfRow(view)(row)}</header>
        <p class="plain">{Sentence(view, row)}</p>
        {BoundaryStrip.Of(view, row)}
        <table class="pair"><thead><tr><td><th>{view.Say["person.decision"]}<th class=n>{view.Say["person.probability"]}<th class=n>{view.Say["person.logit"]}</thead><tbody>
        <tr><th>{view.Say["person.before"]}<td>{view.Outcome(row.PredictedLabel)}<td class=n>{view.Numbers.Probability(row.Score)}<td class=n>{view.Numbers.Logit(row.Score)}
        <tr><th>{view.Say["person.after"]}<td>{view.Outcome(!row.PredictedLabel)}<td class=n>{view.Numbers.Probability(row.CounterfactualScore)}<td class=n>{view.Numbers.Logit(row.CounterfactualScore)}</tbody></table>
        {(float.IsFinite(row.PredictedShift) ? Html.Of($"<p class=\"small\">{view.Say.Fill("person.shift", view.Numbers.Logit(row.PredictedShift), view.Numbers.Logit(RowColumns.Shift(row)))}</p>") : Html.Empty)}
        {FlipTable.Of(view, row)}
        {(row.IsMinimised ? Html.Empty : Html.Of($"<p class=\"small\">{view.Say["person.not-minimised"]}</p>"))}
        {Evidence(view, row)}
        {Others(view, row)}
        <p class="small">{Tried(view, row)} {(row.Label is { } label ? view.Say.Fill("person.own-label", view.Outcome(label)) : "")}</p>
        </article>

        """);

    private static Html NotFound(ReportView view, AuditedRow row) => Html.Of($"""
        <article class=person id={view.Anchor(row)}><h3>{view.Name(row)} <small>{view.Group(row.Group)}</small></h3><p>{Sentence(view, row)}<p>{Tried(view, row)}{Crossed(view, row)}{Reason(view, row)}</article>

        """);

    private static Html Sentence(ReportView view, AuditedRow row)
    {
        string decision = view.Outcome(row.PredictedLabel);
        if (row.Counterfactuals.Count == 0)
            return float.IsNaN(row.Score) ? view.Say.Say("person.Unknown") : view.Say.Say($"person.{row.Outcome}", decision, view.Numbers.Probability(row.Score), view.Numbers.Logit(row.Score));
        return row.FlippedRows.Count == 1
            ? view.Say.Say("person.Found.one", decision, view.Name(view.Implicated(row.FlippedRows[0])), view.Outcome(!row.PredictedLabel))
            : view.Say.Say("person.Found.other", decision, view.Numbers.Count(row.FlippedRows.Count), view.Outcome(!row.PredictedLabel));
    }

    /// <summary>The filter of the paper in words; others have names of their users' own.</summary>
    private static Html Reason(ReportView view, AuditedRow row) => row.Reason.Length == 0 ? Html.Empty
        : row.Reason == TestRowFilter.ProtectedAttributeInvariant.Name ? Html.Of($" {view.Say["person.phi"]}")
        : Html.Of($" <span dir=auto>{row.Reason}.</span>");

    /// <summary>How many single labels were tried, of how many there are, and how many sets of several.</summary>
    private static string Tried(ReportView view, AuditedRow row)
    {
        double several = row.Coverage.Where(size => size.Size > 1).Sum(size => size.Tried);
        string[] sizes =
        [
            .. row.Coverage.Where(size => size.Size == 1).Select(size => view.Say.Fill("person.tried.one", view.Numbers.Count(size.Tried), view.Numbers.Count(size.Admissible))),
            .. several > 0 ? [view.Say.Counted("combination", several)] : Array.Empty<string>(),
        ];
        string tried = sizes.Length == 0 ? "" : view.Say.Fill("person.tried", string.Join(", ", sizes));
        bool isNone = row.Outcome == CounterfactualOutcome.NotFound && row.Coverage.Count > 0 && row.Coverage.All(size => size.IsComplete);
        return isNone ? $"{tried} {view.Say["person.tried-all"]}" : tried;
    }

    /// <summary>Of a row not found: the first set at which the mean of several models crossed, and what is asked for beside it.</summary>
    private static string Crossed(ReportView view, AuditedRow row) => view.Report.Provenance is { EnsembleSize: > 1, Agreement: > 0.5 and var agreement } provenance && row.FlipsAtCrossing > 0
        ? " " + view.Say.Fill("person.crossed", view.Say.Counted("label", row.FlipsAtCrossing), view.Numbers.Level(agreement), provenance.EnsembleSize)
        : "";

    private static Html Evidence(ReportView view, AuditedRow row) => row.Evidence is not { } evidence
        ? Html.Of($"<p class=\"small\">{view.Say["person.untested"]}</p>")
        : Html.Of($"""
            {(evidence.Weakness is { } why ? Html.Of($"<p class=\"small\">{view.Say.Fill($"person.weak.{why}", view.Numbers.Ratio(evidence.ShiftConsistency ?? 0))}</p>") : Html.Empty)}
            <table class="evidence"><caption>{view.Say["person.evidence"]}</caption><tbody>
            {Fact(view, "seeds", evidence.SeedStability, Mean(view, row, evidence.FreshCounterfactualScore))}{Fact(view, "anyway", evidence.SeedDisagreement, Mean(view, row, evidence.FreshScore))}{Fact(view, "placebo", evidence.PlaceboRate, Shifts(view, evidence))}{PValue(view, evidence)}{FixedEpochs(view, evidence)}{Smallest(view, evidence)}</tbody></table>
            """);

    /// <summary>Of a single label it says nothing.</summary>
    private static Html Smallest(ReportView view, RowEvidence evidence) => evidence.Flips == 1 ? Html.Empty : Html.Of($"""
        <tr><th>{view.Say["evidence.smallest"]}<td class=n>{view.Say[evidence.IsProvenSmallest ? "yes" : "no"]}<td>{view.Say[evidence.IsProvenSmallest ? "evidence.proven" : "evidence.unproven"]}
        """);

    /// <summary>The mean logit, with the interval that the verdict rests on.</summary>
    private static string Mean(ReportView view, AuditedRow row, Interval? turned)
    {
        if (turned is null) return "";
        var mean = row.Unturned(turned);
        return view.Say.Fill("evidence.mean", view.Numbers.Logit(mean.Value), view.Numbers.Logit(mean.Low), view.Numbers.Logit(mean.High));
    }

    /// <summary>How far random labels shift the logit on average, beside how far the flips do.</summary>
    private static string Shifts(ReportView view, RowEvidence evidence) => evidence is { Shift: { } shift, PlaceboShift: { } placebo }
        ? view.Say.Fill("evidence.shifts", view.Numbers.Logit(placebo.Value), view.Numbers.Logit(shift.Value))
        : "";

    private static Html PValue(ReportView view, RowEvidence evidence) => evidence.PValue is not { } chance ? Html.Empty : Html.Of($"""
        <tr><th>{view.Say["evidence.p"]}<td class=n>{view.Numbers.Chance(chance)}<td>
        """);

    private static Html FixedEpochs(ReportView view, RowEvidence evidence) => evidence.HoldsAtFixedEpochs is not { } holds ? Html.Empty : Html.Of($"""
        <tr><th>{view.Say["evidence.fixed"]}<td class=n>{view.Say[holds ? "yes" : "no"]}<td>{view.Say[holds ? "evidence.fixed.yes" : "evidence.fixed.no"]}{Epochs(view, evidence)}
        """);

    private static string Epochs(ReportView view, RowEvidence evidence) => evidence is { Epochs: { } own, CounterfactualEpochs: { } flipped }
        ? view.Say.Fill("evidence.epochs", view.Numbers.Tick(own), view.Numbers.Tick(flipped))
        : "";

    private static Html Fact(ReportView view, string key, Proportion share, string mean) => share.Total == 0 ? Html.Empty : Html.Of($"""
        <tr><th>{view.Say[$"evidence.{key}"]}<td class=n>{view.Say.Fill("of", share.Count, share.Total)}<td>{view.Numbers.Range(share)}{mean}
        """);

    /// <summary>Further counterfactual datasets of the row, which no evidence speaks of.</summary>
    private static Html Others(ReportView view, AuditedRow row) => row.Counterfactuals.Count == 1 ? Html.Empty : Html.Of($"""
        <p class="small">{view.Say["person.others"]} {Html.Join(row.Counterfactuals.Skip(1).Select(found => Html.Of($"{Html.Join(found.FlippedRows.Select(position => Html.Of($"<bdi>{ReportView.Id(view.Implicated(position))}</bdi>")), " + ")} ({view.Numbers.Logit(found.Score)})")), "; ")}</p>
        """);
}
