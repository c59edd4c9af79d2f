using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>Holds a report against limits. What cannot be told does not pass.</summary>
internal static class ReportCheck
{
    public static IEnumerable<string> Violations(AuditReport report, double? maxShare, double? maxGroupDifference, double? minCoverage)
    {
        if (maxShare is null && maxGroupDifference is null && minCoverage is null)
            throw new ArgumentException("Check needs a limit: give maxShare, maxGroupDifference or minCoverage.");
        if (maxShare is { } share) Preconditions.InRange(share, 0, 1, nameof(maxShare));
        if (maxGroupDifference is { } difference) Preconditions.InRange(difference, 0, 1, nameof(maxGroupDifference));
        if (minCoverage is { } coverage) Preconditions.InRange(coverage, 0, 1, nameof(minCoverage));
        var summary = report.Summary;
        if (summary.Share.Total > summary.NoCandidates && summary.UniqueRetrains == 0)
            yield return "nothing was retrained, so nothing was tried";
        foreach (string violation in ShareViolations(summary, maxShare)
            .Concat(CoverageViolations(summary.Coverage[0], minCoverage)).Concat(DifferenceViolations(report, maxGroupDifference)))
            yield return violation;
    }

    /// <summary>A share passes where its upper bound does.</summary>
    private static IEnumerable<string> ShareViolations(AuditSummary summary, double? limit)
    {
        if (limit is null) yield break;
        var share = summary.Share;
        string open = share.IsExact ? "" : $"; {summary.RuledOut} ruled out untried, {summary.NotReached} not reached, {summary.Failed} failed";
        if (share.Upper is not { } upper) yield return "no row passed phi, so there is no share to hold against maxShare";
        else if (share.Lower > limit)
            yield return $"the share of rows with a counterfactual dataset is {(share.IsExact ? "" : "at least ")}{Percent(share.Lower.Value)} ({share.Found} of {share.Total} rows that passed{open}), above maxShare {Percent(limit.Value)}";
        else if (upper > limit)
            yield return $"the share of rows with a counterfactual dataset lies between {Percent(share.Lower!.Value)} and {Percent(upper)} ({share.Found} of {share.Total} rows that passed{open}), which maxShare {Percent(limit.Value)} does not settle";
    }

    private static IEnumerable<string> CoverageViolations(SetCoverage singles, double? limit)
    {
        if (limit is null) yield break;
        double share = singles.Admissible == 0 ? 1 : singles.Tried / singles.Admissible;
        if (share < limit)
            yield return $"{singles.Tried} of {singles.Admissible:0} admissible single flips were tried ({Percent(share)}), below minCoverage {Percent(limit.Value)}";
    }

    /// <summary>Of the differences that can be told from chance, the largest is held against the limit.</summary>
    private static IEnumerable<string> DifferenceViolations(AuditReport report, double? limit)
    {
        if (limit is null) yield break;
        var comparison = report.GroupComparisons[0];
        if (comparison.Differences.Count == 0)
        {
            yield return $"{GroupFinding.WhyNotCompared(comparison, $"'{comparison.Attributes[0]}'")}, so there is no difference to hold against maxGroupDifference";
            yield break;
        }

        if (comparison.Differences.Where(difference => difference.IsDifference).MaxBy(Size) is not { } largest || Size(largest) <= limit) yield break;
        string other = largest.Other is { } group ? $"'{group}'" : "all other groups";
        yield return $"the shares of '{largest.Group}' and {other} differ by {Percent(Size(largest))} of their answered rows, above maxGroupDifference {Percent(limit.Value)}";

        static double Size(GroupDifference difference) => Math.Abs(difference.Difference.Value);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0#} %");
}
