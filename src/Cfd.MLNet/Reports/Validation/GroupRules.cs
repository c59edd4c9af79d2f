namespace Cfd.MLNet.Reports.Validation;

/// <summary>Groups side by side, counted from the rows.</summary>
internal static class GroupRules
{
    public static void Check(AuditReport report)
    {
        Rule.Require(report.GroupComparisons.Count > 0, $"groupComparisons", $"there is none, not even of the protected attribute");
        Rule.Require(report.GroupComparisons[0].Attributes.Count == 1, $"groupComparisons[0].attributes", $"the first comparison is that of the protected attribute alone");
        for (int i = 0; i < report.GroupComparisons.Count; i++) Check(report, i, report.GroupComparisons[i]);
    }

    private static void Check(AuditReport report, int i, GroupComparison comparison)
    {
        Rule.Require(comparison.Attributes.Count is 1 or 2, $"groupComparisons[{i}].attributes", $"there are {comparison.Attributes.Count}; allowed are one or two");
        for (int j = 0; j < comparison.Groups.Count; j++)
        {
            var group = comparison.Groups[j];
            Rule.Require(group.Values.Count == comparison.Attributes.Count, $"groupComparisons[{i}].groups[{j}].values", $"there are {group.Values.Count} of {comparison.Attributes.Count} attributes");
            Rule.Require(group.Open >= 0 && group.Unsettled >= 0, $"groupComparisons[{i}].groups[{j}]", $"{group.Open} rows are open, {group.Unsettled} unsettled");
            Rule.Require(group.PassedPhi <= group.Audited, $"groupComparisons[{i}].groups[{j}].found", $"{group.Found.Total} rows were answered, {group.Open} are open, {group.Unsettled} unsettled, of {group.Audited} audited");
            Rule.Require(group.ToFavourable >= 0 && group.ToFavourable <= group.Found.Count, $"groupComparisons[{i}].groups[{j}].toFavourable", $"it is {group.ToFavourable} of {group.Found.Count} found");
        }

        long audited = comparison.Groups.Sum(group => (long)group.Audited);
        Rule.Require(audited == report.Rows.Count, $"groupComparisons[{i}].groups", $"they have {audited} rows together, but there are {report.Rows.Count}");
        Rule.Require(comparison.Groups.Sum(group => (long)group.Found.Count) == report.Summary.Found, $"groupComparisons[{i}].groups", $"they do not have {report.Summary.Found} rows found together");
        Rule.Require(comparison.Groups.Sum(group => (long)group.Open) == report.Summary.Share.Open, $"groupComparisons[{i}].groups", $"they do not have {report.Summary.Share.Open} rows open together");
        Rule.Require(comparison.Groups.Sum(group => (long)group.Unsettled) == report.Summary.Unsettled, $"groupComparisons[{i}].groups", $"they do not have {report.Summary.Unsettled} rows unsettled together");
        var names = comparison.Groups.Select(group => group.Group).ToHashSet();
        for (int j = 0; j < comparison.Differences.Count; j++) Check(i, j, comparison.Differences[j], names);
    }

    private static void Check(int i, int j, GroupDifference difference, HashSet<string> groups)
    {
        Rule.Require(groups.Contains(difference.Group), $"groupComparisons[{i}].differences[{j}].group", $"there is no group '{difference.Group}'");
        Rule.Require(difference.Other is null || groups.Contains(difference.Other), $"groupComparisons[{i}].differences[{j}].other", $"there is no group '{difference.Other}'");
        Rule.Require(IsInterval(difference.Difference, -2, 2), $"groupComparisons[{i}].differences[{j}].difference", $"{difference.Difference} is no interval of a difference of shares");
        Rule.Require(difference.Ratio is not { } ratio || IsInterval(ratio, 0, double.MaxValue), $"groupComparisons[{i}].differences[{j}].ratio", $"{difference.Ratio} is no interval of a ratio");
    }

    private static bool IsInterval(Interval interval, double low, double high)
        => interval.Low >= low && interval.Low <= interval.Value && interval.Value <= interval.High && interval.High <= high;
}
