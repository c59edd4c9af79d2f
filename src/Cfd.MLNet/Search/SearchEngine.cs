using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Search;

/// <summary>
/// Runs the searches of many test rows together, whatever the schedule: it starts the flip sets that the chooser names and hands it what they
/// came to, in the order in which they were chosen, whenever they arrive. A training that diverged is spent and teaches nothing; the search
/// goes on. Every outcome depends on the rows and options alone, never on timing.
/// </summary>
internal sealed class SearchEngine(RetrainPool pool)
{
    private int _underWay;

    /// <summary>Retrains that are done and not handed over yet, for progress alone.</summary>
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
        var inFlight = new Queue<(FlipSet Flips, Task<Retrain> Retrain)>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (Choose())
            {
                var (flips, retrain) = inFlight.Peek();
                var answer = retrain.GetAwaiter().GetResult();
                inFlight.Dequeue();
                Interlocked.Decrement(ref _underWay);
                chooser.Take(flips, answer, Tally);
            }

            chooser.EndRest();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            WaitForAll();
            foreach (var (flips, retrain) in inFlight) chooser.Take(flips, retrain.IsCompletedSuccessfully ? retrain.Result : null, Tally);
            foreach (var search in searches) search.End(CounterfactualOutcome.NotReached, RowSearch.Stopped);
        }
        catch
        {
            stop.Cancel();
            WaitForAll();
            throw;
        }

        // Starts what may be started; false where nothing is left to wait for.
        bool Choose()
        {
            var chosen = chooser.Choose(pool.CandidatesAtOnce);
            if (chosen.Count == 0) return inFlight.Count > 0;
            var retrains = pool.Start(chosen, stop.Token);
            for (int i = 0; i < retrains.Length; i++) inFlight.Enqueue((chosen[i], Counted(retrains[i])));
            cancellationToken.ThrowIfCancellationRequested();
            return true;
        }

        async Task<Retrain> Counted(Task<Retrain> retrain)
        {
            var answer = await retrain.ConfigureAwait(false);
            Interlocked.Increment(ref _underWay);
            finished?.Invoke();
            return answer;
        }

        // Nothing runs on behind a stop.
        void WaitForAll()
        {
            Task.WhenAll(inFlight.Select(chosen => chosen.Retrain)).ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
            Volatile.Write(ref _underWay, 0);
        }
    }
}
