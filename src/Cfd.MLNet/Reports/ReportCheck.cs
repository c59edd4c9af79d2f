using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>Holds a report against limits. What cannot be told does not pass.</summary>
internal static class ReportCheck
{
    public static IEnumerable<string> Violations(AuditReport report, double? maxShare, double? maxGroupDifference)
    {
        if (maxShare is { } share) Preconditions.InRange(share, 0, 1, nameof(maxShare));
        if (maxGroupDifference is { } difference) Preconditions.InRange(difference, 0, 1, nameof(maxGroupDifference));
        var summary = report.Summary;
        int missing = summary.Cancelled + summary.OutOfTime + summary.Failed;
        if (missing > 0)
            yield return $"{missing} of {summary.Audited} rows have no answer ({summary.Cancelled} cancelled, {summary.OutOfTime} out of time, {summary.Failed} failed), so the figures are not those of all rows";
        foreach (string violation in ShareViolations(summary.ShareOfAnswered, maxShare).Concat(DifferenceViolations(report, maxGroupDifference)))
            yield return violation;
    }

    private static IEnumerable<string> ShareViolations(Proportion share, double? limit)
    {
        if (limit is null) yield break;
        if (share.Value is not { } value) yield return "no row was answered, so there is no share to hold against maxShare";
        else if (value > limit)
            yield return $"the share of rows with a counterfactual dataset is {Percent(value)} ({share.Count} of {share.Total} answered rows), above maxShare {Percent(limit.Value)}";
    }

    /// <summary>Of the differences that can be told from chance, the largest is held against the limit.</summary>
    private static IEnumerable<string> DifferenceViolations(AuditReport report, double? limit)
    {
        if (limit is null) yield break;
        var comparison = report.GroupComparisons[0];
        if (comparison.Differences.Count == 0)
        {
            yield return $"no two groups of '{comparison.Attributes[0]}' have {GroupComparison.MinimumRows} answered rows each, so there is no difference to hold against maxGroupDifference";
            yield break;
        }

        if (comparison.Differences.Where(difference => difference.IsDifference).MaxBy(Size) is not { } largest || Size(largest) <= limit) yield break;
        string other = largest.Other is { } group ? $"'{group}'" : "all other groups";
        yield return $"the shares of '{largest.Group}' and {other} differ by {Percent(Size(largest))} of their answered rows, above maxGroupDifference {Percent(limit.Value)}";

        static double Size(GroupDifference difference) => Math.Abs(difference.Difference.Value);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0#} %");
}
