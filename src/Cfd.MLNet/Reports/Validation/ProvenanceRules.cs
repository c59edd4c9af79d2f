namespace Cfd.MLNet.Reports.Validation;

/// <summary>What an audit was made from.</summary>
internal static class ProvenanceRules
{
    public static void Check(AuditReport report)
    {
        var provenance = report.Provenance;
        Rule.InRange(provenance.TrainingRows, 1, int.MaxValue);
        Rule.InRange(provenance.ValidationRows, 0, int.MaxValue);
        Rule.InRange(provenance.Features, 1, int.MaxValue);
        Rule.Require(provenance.TestRows >= report.Rows.Count, $"provenance.testRows", $"it is {provenance.TestRows}, but there are {report.Rows.Count} rows");
        Rule.Require(provenance.Duration >= TimeSpan.Zero, $"provenance.duration", $"it is {provenance.Duration}, less than nothing");
        Rule.Require(provenance.EarlierTrainings >= 0, $"provenance.earlierTrainings", $"it is {provenance.EarlierTrainings}, less than nothing");
    }
}
