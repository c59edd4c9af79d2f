using Cfd.MLNet.Reporting.Marks;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>What the counterfactual datasets are worth as a whole: placebos, the noise floor, forecasts.</summary>
internal static class EvidenceSection
{
    /// <summary>Null where nothing was found that could be judged.</summary>
    public static Section? Create(ReportView view) => view.Found.Count == 0 && view.Report.Evidence is null ? null : new Section("evidence", Html.Of($"""
        <p>{view.Say[view.HasFreshTrainings ? "evidence.intro" : "evidence.intro.alone"]}</p>
        {(view.Report.Evidence is { } evidence ? Totals(view, evidence) : Html.Of($"<p>{view.Say["evidence.none"]}</p>"))}
        <div class="two">{PlaceboPlot.Create(view)}{ShiftPlot.Create(view)}</div>
        """));

    private static Html Totals(ReportView view, AuditEvidence evidence) => Facts.Of(
    [
        (view.Say["evidence.judged"], view.Numbers.Count(evidence.Judged)),
        (view.Say["evidence.trainings"], view.Numbers.Count(evidence.Trainings)),
        (view.Say["strength.Stands"], view.Numbers.Count(evidence.Standing)),
        (view.Say["strength.Weak"], view.Numbers.Count(evidence.Weak)),
        (view.Say["strength.OfThisRun"], view.Numbers.Count(evidence.OfThisRun)),
        (view.Say["strength.Untested"], view.Numbers.Count(evidence.Untested)),
        (view.Say["evidence.mean-placebo"], view.Numbers.Percent(evidence.MeanPlaceboRate)),
        (view.Say[view.Report.DisturbsWeights ? "evidence.noise" : "evidence.noise.repeated"], view.Numbers.Percent(evidence.NoiseFloor)),
    ]);
}
