using Cfd.MLNet.Search;

namespace Cfd.MLNet.Tests.Search;

/// <summary>Rows made ready for a search.</summary>
internal static class Preparation
{
    /// <summary>Filters and ranks; null for rows that a stop came before.</summary>
    public static RowSearch?[] Prepare(this CounterfactualSearch search, QuestionedRows rows, IReadOnlyList<int> positions, CancellationToken stop)
    {
        var filtered = search.FilterRows(rows, positions, stop);
        var unranked = search.Rank(rows, [.. filtered.OfType<RowSearch>()], stop);
        return Array.ConvertAll(filtered, row => row is null || unranked.Contains(row) ? null : row);
    }
}
