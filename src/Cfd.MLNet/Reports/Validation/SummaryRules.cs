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
            ("unsettled", summary.Unsettled, Of(CounterfactualOutcome.Unsettled)),
            ("found", summary.Found, Of(CounterfactualOutcome.Found)),
            ("oneShot", summary.OneShot, rows.Count(row => row.Counterfactuals is [{ Attempt: 1 }, ..])),
            ("notFound", summary.NotFound, Of(CounterfactualOutcome.NotFound)),
            ("noCandidates", summary.NoCandidates, Of(CounterfactualOutcome.NoCandidates)),
            ("ruledOut", summary.RuledOut, Of(CounterfactualOutcome.RuledOut)),
            ("notReached", summary.NotReached, Of(CounterfactualOutcome.NotReached)),
            ("failed", summary.Failed, Of(CounterfactualOutcome.Failed)),
            ("toFavourable", summary.ToFavourable, rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false })),
        ];
        foreach (var (member, told, counted) in counts)
            Rule.Require(told == counted, $"summary.{member}", $"it is {told}, but the rows give {counted}");
        long attempts = rows.Sum(row => (long)row.Attempts);
        Rule.Require(summary.Attempts == attempts, $"summary.attempts", $"it is {summary.Attempts}, but the rows give {attempts}");
        Rule.Require(summary.Share == BoundedShare.Of(rows), $"summary.share", $"it is not that of the rows");
        Rule.Require(summary.ProvenNone >= 0 && summary.ProvenNone <= summary.NotFound, $"summary.provenNone", $"it is {summary.ProvenNone} of {summary.NotFound} rows not found");
        Rule.Require(summary.NotExamined >= 0 && summary.NotExamined <= summary.Found, $"summary.notExamined", $"it is {summary.NotExamined} of {summary.Found} rows found");
        int notMinimised = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, IsMinimised: false });
        Rule.Require(summary.NotMinimised == notMinimised, $"summary.notMinimised", $"it is {summary.NotMinimised}, but the rows give {notMinimised}");
        Rule.Require(summary.Coverage is [{ Size: 1 }, ..], $"summary.coverage", $"it does not begin with single flips");
        for (int i = 0; i < summary.Coverage.Count; i++)
        {
            var (size, tried, admissible) = summary.Coverage[i];
            long ofRows = rows.SelectMany(row => row.Coverage).Where(coverage => coverage.Size == size).Sum(coverage => coverage.Tried);
            Rule.Require(tried == ofRows && tried <= admissible, $"summary.coverage[{i}].tried", $"it is {tried} of {admissible}, but the rows give {ofRows}");
        }

        Rule.InRange(summary.DivergedRetrains, 0, summary.UniqueRetrains);
        Rule.InRange(summary.UniqueRetrains, 0, int.MaxValue);
        Rule.InRange(summary.UnusedRetrains, 0, summary.UniqueRetrains);
        Rule.InRange(summary.MinimisationTrainings, 0, report.Evidence?.Trainings ?? long.MaxValue);
        Rule.InRange(summary.AlsoInTraining, 0, summary.Audited);
        Rule.InRange(summary.Budget, 0, int.MaxValue);

        int Of(CounterfactualOutcome outcome) => rows.Count(row => row.Outcome == outcome);
    }
}
