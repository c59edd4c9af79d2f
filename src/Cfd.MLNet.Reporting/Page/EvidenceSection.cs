using Cfd.MLNet.Reporting.Charts;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>What the counterfactual datasets are worth: placebos, other seeds, the noise floor.</summary>
internal static class EvidenceSection
{
    /// <summary>Null where the audit gathered no evidence.</summary>
    public static Section? Create(ReportView view) => view.Report.Evidence is not { } evidence ? null : new Section(
        "evidence", "Evidence", "Are these labels special, or would any do?", Html.Of($"""
            <p>Retraining moves predictions by itself. A finding <dfn>stands</dfn> where fresh trainings under other seeds decide as the model without the flips
            and otherwise with them, on average and with confidence, and <dfn>placebos</dfn>, as many labels drawn at random from the rows that may flip, do
            less. {Words.Counted(evidence.Judged, "CFD")} judged by {Words.Counted(evidence.Retrains, "retrain")}: {Words.Count(evidence.Standing)} stand,
            {Words.Count(evidence.Weak)} weak, {Words.Count(evidence.OfThisRun)} of this run alone, {Words.Count(evidence.Untested)} untested. Noise floor: {Words.Percent(evidence.NoiseFloor)} of the predictions change when initial
            weights are disturbed by one part in a million.</p>
            {(PlaceboChart.Create(view.Report) is { } chart ? Figure.Of(chart) : Html.Empty)}
            """));

    /// <summary>The evidence of one row, in a sentence.</summary>
    public static Html Of(AuditedRow row) => row.Evidence is not { } evidence ? Html.Empty : Html.Of($"""
        <p class="evidence"><b>{Words.Verdict(evidence.Verdict)}</b>.
        {(evidence.SeedStability.Total > 0 ? $"Under fresh seeds the flips turn the decision over in {evidence.SeedStability.Count} of {evidence.SeedStability.Total} trainings; {evidence.SeedDisagreement.Count} decide otherwise without them." : "")}
        {(evidence.PlaceboRate.Total > 0 ? $"Placebos that do the same on average: {evidence.PlaceboRate.Count} of {evidence.PlaceboRate.Total} ({Words.Range(evidence.PlaceboRate)})." : "")}
        {(evidence.Flips == 1 ? "" : evidence.IsProvenSmallest ? "Proven smallest." : "Smallest found.")}</p>
        """);
}
