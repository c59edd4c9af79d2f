using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>Holds a report against limits. What cannot be told does not pass.</summary>
internal static class ReportCheck
{
    public static IEnumerable<string> Violations(AuditReport report, double? maxShare, double? maxGroupDifference, double? minCoverage, double? maxStandingShare)
    {
        if (maxShare is null && maxGroupDifference is null && minCoverage is null && maxStandingShare is null)
            throw new ArgumentException("Check needs a limit: give maxShare, maxGroupDifference, minCoverage or maxStandingShare.");
        if (maxShare is { } share) Preconditions.InRange(share, 0, 1, nameof(maxShare));
        if (maxGroupDifference is { } difference) Preconditions.InRange(difference, 0, 1, nameof(maxGroupDifference));
        if (minCoverage is { } coverage) Preconditions.InRange(coverage, 0, 1, nameof(minCoverage));
        if (maxStandingShare is { } standing) Preconditions.InRange(standing, 0, 1, nameof(maxStandingShare));
        var summary = report.Summary;
        if (summary.Share.Total > summary.NoCandidates && summary.UniqueRetrains == 0)
            yield return "nothing was retrained, so nothing was tried";
        foreach (string violation in ShareViolations(summary, maxShare).Concat(StandingViolations(report, maxStandingShare))
            .Concat(CoverageViolations(summary.Coverage[0], minCoverage)).Concat(DifferenceViolations(report, maxGroupDifference)))
            yield return violation;
    }

    /// <summary>A share passes where its upper bound does.</summary>
    private static IEnumerable<string> ShareViolations(AuditSummary summary, double? limit)
    {
        if (limit is null) yield break;
        foreach (string violation in BoundViolations(summary, summary.Share, OpenRows(summary), "with a counterfactual dataset", limit.Value, "maxShare")) yield return violation;
    }

    /// <summary>What was not put to the test, or came to no verdict, might stand.</summary>
    private static IEnumerable<string> StandingViolations(AuditReport report, double? limit)
    {
        if (limit is null) yield break;
        var (summary, evidence) = (report.Summary, report.Evidence);
        if (evidence is null && summary is { Found: > 0, NotExamined: 0 })
        {
            yield return "no evidence was gathered, so what stands is not known: audit with Evidence at EvidenceOptions.Quick or Thorough, or leave maxStandingShare out";
            yield break;
        }

        int standing = evidence?.Standing ?? 0, untested = evidence?.Untested ?? 0;
        var share = new BoundedShare(standing, summary.Share.Open + untested + summary.NotExamined, summary.Share.Total);
        string open = $"{(untested > 0 ? $"; {untested} untested" : "")}{(summary.NotExamined > 0 ? $"; {summary.NotExamined} not put to the test" : "")}{OpenRows(summary)}";
        foreach (string violation in BoundViolations(summary, share, open, "whose counterfactual dataset stands", limit.Value, "maxStandingShare")) yield return violation;
    }

    private static IEnumerable<string> BoundViolations(AuditSummary summary, BoundedShare share, string open, string what, double limit, string name)
    {
        if (share.Upper is not { } upper) yield return $"{(summary.Unsettled > 0 ? "no row that passed phi is settled" : "no row passed phi")}, so there is no share to hold against {name}";
        else if (share.Lower > limit)
            yield return $"the share of rows {what} is {(share.IsExact ? "" : "at least ")}{Percent(share.Lower.Value)} ({share.Found} of {share.Total} rows that passed{open}), above {name} {Percent(limit)}";
        else if (upper > limit)
            yield return $"the share of rows {what} lies between {Percent(share.Lower!.Value)} and {Percent(upper)} ({share.Found} of {share.Total} rows that passed{open}), which {name} {Percent(limit)} does not settle";
    }

    private static string OpenRows(AuditSummary summary)
        => (summary.Unsettled == 0 ? "" : $"; {summary.Unsettled} unsettled not counted") + (summary.Share.IsExact ? "" : $"; {summary.RuledOut} ruled out untried, {summary.NotReached} not reached, {summary.Failed} failed");

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
        yield return string.Create(CultureInfo.InvariantCulture, $"the shares of '{largest.Group}' and {other} differ by {100 * Size(largest):0.0#} percentage points, above maxGroupDifference {Percent(limit.Value)}");

        static double Size(GroupDifference difference) => Math.Abs(difference.Difference.Value);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0#} %");
}
