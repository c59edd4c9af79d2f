using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Search;

/// <summary>
/// Runs the searches of many test rows together, whatever the schedule: each round trains the flip sets that the chooser names, on all cores,
/// and hands it what they came to. A training that diverged is spent and teaches nothing; the search goes on. Every outcome depends on the
/// rows and options alone, never on timing.
/// </summary>
internal sealed class RoundEngine(RetrainPool pool)
{
    private int _underWay;

    /// <summary>Retrains of the round under way that are done, for progress alone.</summary>
    public int RetrainsUnderWay => Volatile.Read(ref _underWay);

    /// <summary>The retrains whose answers were needed.</summary>
    public RetrainTally Tally { get; } = new();

    /// <summary>
    /// Runs until every search has an outcome; on cancellation, searches without one end as <see cref="CounterfactualOutcome.NotReached"/>.
    /// </summary>
    /// <param name="searches">The rows.</param>
    /// <param name="chooser">What to try next for them.</param>
    /// <param name="finished">Called from several threads after each retrain.</param>
    /// <param name="cancellationToken">Stops within a retrain; what was answered is taken.</param>
    public void Run(IReadOnlyList<RowSearch> searches, IChooser chooser, Action? finished, CancellationToken cancellationToken)
    {
        try
        {
            while (chooser.Choose(pool.CandidatesAtOnce) is { Count: > 0 } round) RunRound(round, chooser, finished, cancellationToken);
            chooser.EndRest();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var search in searches) search.End(CounterfactualOutcome.NotReached, RowSearch.Stopped);
        }
    }

    private void RunRound(IReadOnlyList<FlipSet> round, IChooser chooser, Action? finished, CancellationToken cancellationToken)
    {
        var retrains = new Retrain?[round.Count];
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            pool.GetAll(
                round,
                (place, retrain) =>
                {
                    retrains[place] = retrain;
                    Interlocked.Increment(ref _underWay);
                    finished?.Invoke();
                },
                cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _underWay, 0);
            chooser.Take(round, retrains, Tally);
        }
    }
}
