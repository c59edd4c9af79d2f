using Cfd.MLNet.Learning;
using Cfd.MLNet.Reports;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Filters and ranks for the rows of an audit, before anything is retrained.</summary>
internal static class RowPreparation
{
    /// <summary>
    /// Filters rows until as many as are wanted have passed phi, which is known of no row before it is filtered: of each group its first ones,
    /// then all rows in their order. Retrained models are asked about these rows and no others.
    /// </summary>
    /// <param name="search">Filters rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="draw">Which rows are wanted.</param>
    /// <param name="deadline">Rows not reached then end as out of time.</param>
    /// <param name="cancellationToken">Rows not reached then end as cancelled.</param>
    /// <returns>The rows that were looked at, in their order; the others are not audited.</returns>
    public static RowSearch[] FilterRows(
        CounterfactualSearch search, QuestionedRows rows, RowDraw draw, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        var searches = new RowSearch?[rows.Count];
        WantedRows[] ofGroups = [.. draw.Groups.Select(group => new WantedRows(group, draw.PerGroup))];
        while (Filter([.. ofGroups.SelectMany(group => group.Next(searches)).Order()]))
        {
        }

        var inAll = new WantedRows([.. Enumerable.Range(0, rows.Count)], draw.InAll);
        while (Filter(inAll.Next(searches)))
        {
        }

        var lookedAt = searches.OfType<RowSearch>().ToArray();
        search.Model.Ask(new AskedRows([.. lookedAt.Select(row => row.Position)], rows.Count));
        return lookedAt;

        bool Filter(int[] positions)
        {
            var filtered = search.FilterRows(rows, positions, stop.Token);
            for (int i = 0; i < positions.Length; i++)
                searches[positions[i]] = filtered[i] ?? NotReached(positions[i], rows.Logits[positions[i]], cancellationToken.IsCancellationRequested);
            return positions.Length > 0;
        }
    }

    /// <summary>Ranks for the rows that passed; those that a stop comes before end as such.</summary>
    /// <param name="search">Ranks.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="searches">Those looked at.</param>
    /// <param name="deadline">Rows not reached then end as out of time.</param>
    /// <param name="cancellationToken">Rows not reached then end as cancelled.</param>
    public static void Rank(CounterfactualSearch search, QuestionedRows rows, RowSearch[] searches, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        var unranked = search.Rank(rows, searches, stop.Token).ToHashSet();
        for (int i = 0; i < searches.Length; i++)
        {
            if (unranked.Contains(searches[i])) searches[i] = NotReached(searches[i].Position, searches[i].Score, cancellationToken.IsCancellationRequested);
        }
    }

    private static RowSearch NotReached(int row, float score, bool isCancelled) => isCancelled
        ? RowSearch.Ended(row, score, CounterfactualOutcome.NotReached, StopReasons.Cancelled)
        : RowSearch.Ended(row, score, CounterfactualOutcome.NotReached, StopReasons.NoTimeToSearch);

    /// <summary>The first of some rows, until so many have passed phi.</summary>
    private sealed class WantedRows(int[] positions, int wanted)
    {
        private readonly List<int> _handedOut = [];
        private int? _passed;
        private int _next;

        /// <summary>As many rows, not filtered yet, as still have to pass; none once enough have or no row is left.</summary>
        public int[] Next(RowSearch?[] searches)
        {
            int passed = _passed is { } before ? before + _handedOut.Count(Passes) : positions.Count(Passes);
            _passed = passed;
            _handedOut.Clear();
            for (; _next < positions.Length && passed + _handedOut.Count < wanted; _next++)
            {
                if (searches[positions[_next]] is null) _handedOut.Add(positions[_next]);
            }

            return [.. _handedOut];

            bool Passes(int row) => searches[row] is { Outcome: not (CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed) };
        }
    }
}
