using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// Retrains by key: each is trained once however many ask, remembered up to a bound in bytes, and kept in a log where there is one. Since a
/// retrain is a pure function of its key, neither memo, log nor timing shows in any answer. Thread-safe. Disposing frees memory alone: what is
/// asked for later is trained again.
/// </summary>
/// <param name="runner">Where they run.</param>
/// <param name="memoBytes">Bytes that answers may take.</param>
/// <param name="log">Asked before a retrain, told after one; null for none.</param>
internal sealed class KeyedRetrains(IRetrainRunner runner, long memoBytes, IRetrainLog? log = null) : IDisposable
{
    private readonly SingleFlight _flights = new(new RetrainMemo(memoBytes));
    private long _trainings;

    /// <summary>Trainings that ran to their end.</summary>
    public long Trainings => Interlocked.Read(ref _trainings);

    /// <summary>
    /// What each retrain comes to: remembered, awaited, or trained, in the order of the keys. What waits for one goes on on the thread that
    /// trained it.
    /// </summary>
    /// <param name="keys">Of the retrains.</param>
    /// <param name="cancellationToken">Cancels what nobody else waits for; the others look for a new trainer.</param>
    public Task<Retrain>[] Start(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
    {
        var retrains = new Task<Retrain>[keys.Count];
        var mine = new List<RetrainKey>();
        for (int i = 0; i < retrains.Length; i++)
        {
            var flight = _flights.Join(keys[i], out bool isMine);
            if (isMine) mine.Add(keys[i]);
            retrains[i] = isMine || flight.IsCompletedSuccessfully ? flight : Await(keys[i], flight, cancellationToken);
        }

        if (mine.Count > 0) _ = Train(mine, cancellationToken);
        return retrains;
    }

    /// <summary>Trains by a key whatever is remembered or kept of it, and remembers nothing of that.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Retrain TrainAnew(RetrainKey key, CancellationToken cancellationToken)
    {
        Retrain trained = default;
        runner.RunAsync([key], (_, retrain) => trained = retrain, cancellationToken).GetAwaiter().GetResult();
        return trained;
    }

    /// <summary>Forgets all answers and frees the workers' buffers.</summary>
    public void Dispose()
    {
        runner.FreeBuffers();
        _flights.Clear();
    }

    /// <summary>What another asker trains; where that one gave up and we have not, we look again.</summary>
    private async Task<Retrain> Await(RetrainKey key, Task<Retrain> flight, CancellationToken cancellationToken)
    {
        try
        {
            return await flight.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await Start([key], cancellationToken)[0].ConfigureAwait(false);
        }
    }

    /// <summary>What the log knows, and the rest trained; all that fell to the caller is finished or given up.</summary>
    private async Task Train(List<RetrainKey> keys, CancellationToken cancellationToken)
    {
        var missing = new List<RetrainKey>();
        int finished = 0;
        bool[] isFinished = [];
        try
        {
            for (; finished < keys.Count; finished++)
            {
                if (log?.Recall(keys[finished]) is { } known) _flights.Finish(keys[finished], known);
                else missing.Add(keys[finished]);
            }

            if (missing.Count == 0) return;
            isFinished = new bool[missing.Count];
            await runner.RunAsync(
                missing,
                (index, retrain) =>
                {
                    if (retrain.Answer is not null) Interlocked.Increment(ref _trainings);
                    log?.Add(missing[index], retrain);
                    isFinished[index] = true;
                    _flights.Finish(missing[index], retrain);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            for (int i = 0; i < missing.Count; i++)
            {
                if (i >= isFinished.Length || !isFinished[i]) _flights.GiveUp(missing[i], failure);
            }

            // Those that the log was not asked for any more.
            for (int i = finished; i < keys.Count; i++) _flights.GiveUp(keys[i], failure);
        }
    }
}
