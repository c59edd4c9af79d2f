namespace Cfd.MLNet.Reports.Validation;

/// <summary>How f decides.</summary>
internal static class QualityRules
{
    public static void Check(AuditReport report)
    {
        Rule.Require(report.ModelQuality is [{ Group: null }, ..], $"modelQuality", $"the first entry is that of all rows, without a group");
        for (int i = 0; i < report.ModelQuality.Count; i++)
        {
            var quality = report.ModelQuality[i];
            Rule.Require(quality.Selected.Total <= report.Rows.Count, $"modelQuality[{i}].selected", $"it is of {quality.Selected.Total} rows, but there are {report.Rows.Count}");
            Rule.Require((quality.Correct?.Total ?? 0) <= quality.Selected.Total, $"modelQuality[{i}].correct", $"more rows have a label than a prediction");
            Rule.Require(quality.AreaUnderRocCurve is null or (>= 0 and <= 1), $"modelQuality[{i}].areaUnderRocCurve", $"it is {quality.AreaUnderRocCurve}; allowed is 0 to 1");
        }
    }
}
