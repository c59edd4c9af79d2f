namespace Cfd.MLNet.Search;

/// <summary>Runs the searches of many test rows to their ends.</summary>
internal interface ISearchRunner
{
    /// <summary>Answers of the round under way, for progress alone.</summary>
    int AttemptsUnderWay { get; }

    /// <summary>
    /// Distinct flip sets whose answers were needed. A few more may have been trained ahead to keep all cores busy.
    /// </summary>
    int UniqueRetrains { get; }

    /// <summary>
    /// Runs until every search has an outcome; on cancellation, searches without one end as
    /// <see cref="CounterfactualOutcome.Cancelled"/>. finished is called from several threads after each retrain.
    /// </summary>
    void Run(IReadOnlyList<RowSearch> searches, Action? finished, CancellationToken cancellationToken);

    /// <summary>The runner that a schedule needs.</summary>
    static ISearchRunner For(SearchOptions options, int budget, RetrainPool pool)
        => options.Schedule == AttemptSchedule.Adaptive ? new AdaptiveSearch(pool, budget, options.MaxRetrains) : new SearchRounds(pool, options.Harvests);
}
