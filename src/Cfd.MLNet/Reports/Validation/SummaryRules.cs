namespace Cfd.MLNet.Reports.Validation;

/// <summary>The numbers of an audit are those of its rows.</summary>
internal static class SummaryRules
{
    public static void Check(AuditReport report)
    {
        var (summary, rows) = (report.Summary, report.Rows);
        (string Member, int Told, int Counted)[] counts =
        [
            ("audited", summary.Audited, rows.Count),
            ("filteredOut", summary.FilteredOut, Of(CounterfactualOutcome.FilteredOut)),
            ("found", summary.Found, Of(CounterfactualOutcome.Found)),
            ("oneShot", summary.OneShot, rows.Count(row => row.Counterfactuals is [{ Attempt: 1 }, ..])),
            ("notFound", summary.NotFound, Of(CounterfactualOutcome.NotFoundWithinBudget)),
            ("noCandidates", summary.NoCandidates, Of(CounterfactualOutcome.NoCandidates)),
            ("outOfTime", summary.OutOfTime, Of(CounterfactualOutcome.OutOfTime)),
            ("cancelled", summary.Cancelled, Of(CounterfactualOutcome.Cancelled)),
            ("failed", summary.Failed, Of(CounterfactualOutcome.Failed)),
            ("toFavourable", summary.ToFavourable, rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false })),
        ];
        foreach (var (member, told, counted) in counts)
            Rule.Require(told == counted, $"summary.{member}", $"it is {told}, but the rows give {counted}");
        long attempts = rows.Sum(row => (long)row.Attempts);
        Rule.Require(summary.Attempts == attempts, $"summary.attempts", $"it is {summary.Attempts}, but the rows give {attempts}");
        Rule.InRange(summary.UniqueRetrains, 0, int.MaxValue);
        Rule.InRange(summary.Budget, 0, int.MaxValue);

        int Of(CounterfactualOutcome outcome) => rows.Count(row => row.Outcome == outcome);
    }
}
