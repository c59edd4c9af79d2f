using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Filters and ranks for the rows of an audit, before anything is retrained.</summary>
internal static class RowPreparation
{
    /// <summary>The reason of rows without an answer when the time for all rows is over.</summary>
    public const string TimeEnded = "the audit's time budget ended";

    /// <summary>Test rows whose rankings are computed together: enough to share the work, few enough to bound the memory.</summary>
    private const int RowsForeseenAtOnce = 256;

    /// <summary>Prepares rows in their order until as many as are wanted have passed phi, which is known of no row before it is prepared.</summary>
    /// <param name="finder">Prepares a row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">Which rows, and how many cores prepare them.</param>
    /// <param name="deadline">Rows not reached then end as out of time.</param>
    /// <param name="cancellationToken">Rows not reached then end as cancelled.</param>
    public static RowSearch[] PrepareRows(
        CounterfactualFinder finder, TestRows rows, AuditOptions options, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        var searches = new List<RowSearch>();
        int wanted = options.MaxRows ?? int.MaxValue;
        while (wanted > 0 && searches.Count < rows.Count)
        {
            var more = Prepare(finder, rows, options, searches.Count, Math.Min(wanted, rows.Count - searches.Count), stop.Token);
            for (int row = 0; row < more.Length; row++)
                more[row] ??= NotReached(finder, rows, searches.Count + row, cancellationToken.IsCancellationRequested);
            wanted -= more.Count(search => search!.Outcome is not (CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed));
            searches.AddRange(more!);
        }

        return [.. searches];
    }

    /// <summary>These rows; null for those not reached before a stop.</summary>
    private static RowSearch?[] Prepare(CounterfactualFinder finder, TestRows rows, AuditOptions options, int first, int count, CancellationToken stop)
    {
        var searches = new RowSearch?[count];
        try
        {
            var admitted = new AdmittedRow?[count];
            InOrder.Run(count, options.Parallelism, row => searches[row] = Filter(finder, rows, options, first + row, out admitted[row]), stop);
            for (int start = 0; start < count; start += RowsForeseenAtOnce)
            {
                int[] chunk = [.. Enumerable.Range(start, Math.Min(RowsForeseenAtOnce, count - start)).Where(row => admitted[row] is not null)];
                finder.Foresee([.. chunk.Select(row => admitted[row]!)], stop);
                InOrder.Run(chunk.Length, options.Parallelism, i => searches[chunk[i]] = finder.Search(admitted[chunk[i]]!), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was prepared counts; the caller tells the others.
        }

        return searches;
    }

    /// <summary>The search's end where the filters leave nothing to do, else null and what they admit.</summary>
    private static RowSearch? Filter(CounterfactualFinder finder, TestRows rows, AuditOptions options, int row, out AdmittedRow? admitted)
    {
        admitted = null;
        var features = rows.Features.Row(row);
        if (options.Decisions != AuditedDecisions.All && FeatureReader.FirstNonFinite(features) < 0)
        {
            float score = finder.Base.Logit(features, row);
            if (score > 0 != (options.Decisions == AuditedDecisions.Favourable))
                return RowSearch.Ended(score, CounterfactualOutcome.FilteredOut, $"{nameof(AuditOptions.Decisions)}{options.Decisions}");
        }

        return finder.Filter(features, rows.Groups[row], row, out admitted);
    }

    private static RowSearch NotReached(CounterfactualFinder finder, TestRows rows, int row, bool isCancelled)
    {
        float score = finder.Base.Logit(rows.Features.Row(row), row);
        return isCancelled
            ? RowSearch.Ended(score, CounterfactualOutcome.Cancelled, "")
            : RowSearch.Ended(score, CounterfactualOutcome.OutOfTime, TimeEnded);
    }
}
