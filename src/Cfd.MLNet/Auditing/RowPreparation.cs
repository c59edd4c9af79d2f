using Cfd.MLNet.Reports;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Filters and ranks for the rows of an audit, before anything is retrained.</summary>
internal static class RowPreparation
{
    /// <summary>
    /// Prepares rows until as many as are wanted have passed phi, which is known of no row before it is prepared: of each group its first ones,
    /// then all rows in their order.
    /// </summary>
    /// <param name="search">Prepares rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="draw">Which rows are wanted.</param>
    /// <param name="deadline">Rows not reached then end as out of time.</param>
    /// <param name="cancellationToken">Rows not reached then end as cancelled.</param>
    /// <returns>The rows that were looked at, in their order; the others are not audited.</returns>
    public static RowSearch[] PrepareRows(
        CounterfactualSearch search, QuestionedRows rows, RowDraw draw, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        var searches = new RowSearch?[rows.Count];
        WantedRows[] ofGroups = [.. draw.Groups.Select(group => new WantedRows(group, draw.PerGroup))];
        while (Prepare([.. ofGroups.SelectMany(group => group.Next(searches)).Order()]))
        {
        }

        var inAll = new WantedRows([.. Enumerable.Range(0, rows.Count)], draw.InAll);
        while (Prepare(inAll.Next(searches)))
        {
        }

        return [.. searches.OfType<RowSearch>()];

        bool Prepare(int[] positions)
        {
            var prepared = search.Prepare(rows, positions, stop.Token);
            for (int i = 0; i < positions.Length; i++)
                searches[positions[i]] = prepared[i] ?? NotReached(positions[i], rows.Logits[positions[i]], cancellationToken.IsCancellationRequested);
            return positions.Length > 0;
        }
    }

    private static RowSearch NotReached(int row, float score, bool isCancelled) => isCancelled
        ? RowSearch.Ended(row, score, CounterfactualOutcome.NotReached, StopReasons.Cancelled)
        : RowSearch.Ended(row, score, CounterfactualOutcome.NotReached, StopReasons.NoTimeToSearch);

    /// <summary>The first of some rows, until so many have passed phi.</summary>
    private sealed class WantedRows(int[] positions, int wanted)
    {
        /// <summary>As many rows, not prepared yet, as still have to pass; none once enough have or no row is left.</summary>
        public int[] Next(RowSearch?[] searches)
        {
            int missing = wanted - positions.Count(row => searches[row] is { Outcome: not (CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed) });
            return missing <= 0 ? [] : [.. positions.Where(row => searches[row] is null).Take(missing)];
        }
    }
}
