using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Filters and ranks for the rows of an audit, before anything is retrained.</summary>
internal static class RowPreparation
{
    /// <summary>The reason of rows without an answer when the time for all rows is over.</summary>
    public const string TimeEnded = "the audit's time budget ended";

    /// <summary>The reason of rows without an answer when the audit was cancelled.</summary>
    public const string Cancelled = "the audit was cancelled";

    /// <summary>Prepares rows in their order until as many as are wanted have passed phi, which is known of no row before it is prepared.</summary>
    /// <param name="search">Prepares rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="maxRows">How many rows that pass phi are wanted; null for all.</param>
    /// <param name="deadline">Rows not reached then end as out of time.</param>
    /// <param name="cancellationToken">Rows not reached then end as cancelled.</param>
    public static RowSearch[] PrepareRows(
        CounterfactualSearch search, QuestionedRows rows, int? maxRows, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        var searches = new List<RowSearch>();
        int wanted = maxRows ?? int.MaxValue;
        while (wanted > 0 && searches.Count < rows.Count)
        {
            var more = search.Prepare(rows, searches.Count, Math.Min(wanted, rows.Count - searches.Count), stop.Token);
            for (int row = 0; row < more.Length; row++)
                more[row] ??= NotReached(rows.Logits[searches.Count + row], cancellationToken.IsCancellationRequested);
            wanted -= more.Count(row => row!.Outcome is not (CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed));
            searches.AddRange(more!);
        }

        return [.. searches];
    }

    private static RowSearch NotReached(float score, bool isCancelled) => isCancelled
        ? RowSearch.Ended(score, CounterfactualOutcome.NotReached, Cancelled)
        : RowSearch.Ended(score, CounterfactualOutcome.NotReached, TimeEnded);
}
