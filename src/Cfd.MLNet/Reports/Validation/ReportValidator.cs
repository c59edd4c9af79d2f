namespace Cfd.MLNet.Reports.Validation;

/// <summary>
/// Holds a report that was read against what every report of an audit fulfils, part by part: counts add up, what is referred to is there,
/// numbers are in their ranges. What passes can be printed, saved, shown and checked. A new part of the report brings its own rules.
/// </summary>
internal static class ReportValidator
{
    private static readonly Action<AuditReport>[] Rules =
    [
        ProvenanceRules.Check, GroupRules.Check, RowRules.Check, SummaryRules.Check, QualityRules.Check, ImplicatedRules.Check, EvidenceRules.Check,
    ];

    /// <exception cref="InvalidDataException">A rule is broken; the message names the place in the JSON document.</exception>
    public static void Require(AuditReport report)
    {
        foreach (var check in Rules) check(report);
    }
}
