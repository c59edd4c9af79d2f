using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;

namespace Cfd.MLNet.Search;

/// <summary>Options resolved against the training rows: all that can be refused before anything is trained.</summary>
internal sealed record SearchSetup(SearchOptions Options, int Budget, ProtectedSlots Slots)
{
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="InvalidDataException">A protected slot differs between rows of one group.</exception>
    public static SearchSetup Create(TrainingTable table, SearchOptions options)
    {
        int budget = options.Budget.For(table.Rows);
        if (options.Schedule == AttemptSchedule.Exhaustive && budget != 1)
            throw new ArgumentException($"The exhaustive schedule tries single flips, but the budget comes to {budget} labels; set Budget to FlipBudget.OfRows(1).", nameof(options));
        return new SearchSetup(options, budget, ProtectedSlots.Find(table, options.ProtectedSlots));
    }
}
