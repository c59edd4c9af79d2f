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

    /// <summary>
    /// The result that is known or on its way; null where it falls to the caller to train, who then owes <see cref="Finish"/> or
    /// <see cref="GiveUp"/>.
    /// </summary>
    public Task<Retrain>? Join(RetrainKey key)
    {
        lock (_lock)
        {
            if (memo.Recall(key) is { } known) return Task.FromResult(known);
            if (_flights.TryGetValue(key, out var flight)) return flight.Task;
            _flights[key] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return null;
        }
    }

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
