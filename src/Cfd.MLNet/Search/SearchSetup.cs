using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search;

/// <summary>Options resolved against the training rows: all that can be refused before anything is trained.</summary>
internal sealed record SearchSetup(SearchOptions Options, int Budget, ProtectedSlots Slots)
{
    /// <param name="table">The training rows.</param>
    /// <param name="options">What is searched, and how.</param>
    /// <param name="network">The network that rankings look into.</param>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="InvalidDataException">A protected slot differs between rows of one group.</exception>
    public static SearchSetup Create(TrainingTable table, SearchOptions options, NetworkOptions network)
    {
        int budget = options.Budget.For(table.Rows);
        LinearSurrogateRanker.RequireFeasible(options.Ranking, table.Features.Columns);
        InfluenceRanker.RequireFeasible(options.Ranking, table.Rows, new NetworkShape(table.Features.Columns, [.. network.HiddenLayers]));
        return new SearchSetup(options, options.TriesSingleFlips ? 1 : budget, ProtectedSlots.Find(table, options.ProtectedSlots));
    }
}
