using Cfd.MLNet.Reporting.Charts;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>What the counterfactual datasets are worth: placebos, other seeds, the noise floor.</summary>
internal static class EvidenceSection
{
    /// <summary>Null where the audit gathered no evidence.</summary>
    public static Section? Create(ReportView view) => view.Report.Evidence is not { } evidence ? null : new Section(
        "evidence", "Evidence", "Are these labels special, or would any do?", Html.Of($"""
            <p>Retraining moves predictions by itself. A <dfn>placebo</dfn> flips as many labels, drawn at random from the rows that may flip: where placebos
            change the decision, too, the labels named say little. {Words.Counted(evidence.Judged, "CFD")} judged by {Words.Counted(evidence.Retrains, "retrain")}:
            mean placebo rate {Words.Percent(evidence.MeanPlaceboRate)}, {Words.Count(evidence.HighPlaceboRates)} with 10 % or more,
            {Words.Count(evidence.ProvenSmallest)} proven smallest. Noise floor: {Words.Percent(evidence.NoiseFloor)} of the predictions change when initial
            weights are disturbed by one part in a million.</p>
            {(PlaceboChart.Create(view.Report) is { } chart ? Figure.Of(chart) : Html.Empty)}
            """));

    /// <summary>The evidence of one row, in a sentence.</summary>
    public static Html Of(AuditedRow row) => row.Evidence is not { } evidence ? Html.Empty : Html.Of($"""
        <p class="evidence">Placebos that do the same: <b>{evidence.PlaceboRate.Count} of {evidence.PlaceboRate.Total}</b> ({Words.Range(evidence.PlaceboRate)});
        from all training rows {evidence.PlaceboRateOfAllRows.Count} of {evidence.PlaceboRateOfAllRows.Total}.
        {(evidence.SeedStability.Total > 0 ? $"Under other seeds the flips still change the decision in {evidence.SeedStability.Count} of {evidence.SeedStability.Total}; {evidence.SeedDisagreement.Count} of these decide otherwise anyway." : "")}
        {(evidence.IsProvenSmallest ? "Proven smallest." : "Smallest found.")}</p>
        """);
}
