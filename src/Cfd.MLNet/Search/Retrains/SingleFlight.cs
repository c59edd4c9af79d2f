using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// Sees to it that each key is trained once however many ask at the same time: who asks first trains, the others wait for the result; what is
/// known is handed out of the memo. Thread-safe.
/// </summary>
internal sealed class SingleFlight(RetrainMemo memo)
{
    private readonly Dictionary<RetrainKey, TaskCompletionSource<Retrain>> _flights = [];
    private readonly Lock _lock = new();

    /// <summary>The result, known or on its way.</summary>
    /// <param name="key">Of the retrain.</param>
    /// <param name="isMine">Whether it falls to the caller to train, who then owes <see cref="Finish"/> or <see cref="GiveUp"/>.</param>
    public Task<Retrain> Join(RetrainKey key, out bool isMine)
    {
        lock (_lock)
        {
            isMine = false;
            if (memo.Recall(key) is { } known) return Task.FromResult(known);
            if (_flights.TryGetValue(key, out var flight)) return flight.Task;
            isMine = true;
            return (_flights[key] = new()).Task;
        }
    }

    /// <summary>Hands the result to all who wait, on this thread.</summary>
    public void Finish(RetrainKey key, Retrain retrain)
    {
        TaskCompletionSource<Retrain>? flight;
        lock (_lock)
        {
            memo.Remember(key, retrain);
            _flights.Remove(key, out flight);
        }

        flight!.SetResult(retrain);
    }

    /// <summary>There will be no result; a cancellation lets those who wait ask again.</summary>
    public void GiveUp(RetrainKey key, Exception reason)
    {
        TaskCompletionSource<Retrain>? flight;
        lock (_lock) _flights.Remove(key, out flight);
        if (reason is OperationCanceledException) flight!.SetCanceled();
        else flight!.SetException(reason);
        _ = flight.Task.Exception; // observed: the caller gets the failure itself
    }

    /// <summary>Forgets what is known.</summary>
    public void Clear()
    {
        lock (_lock) memo.Clear();
    }
}
