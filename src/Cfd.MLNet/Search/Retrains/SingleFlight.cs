using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// Sees to it that a flip set is trained once however many ask at the same time: who asks first trains, the others wait for the result; what is
/// known is handed out of the memo. Thread-safe.
/// </summary>
internal sealed class SingleFlight(RetrainMemo memo)
{
    private readonly Dictionary<FlipSet, TaskCompletionSource<Retrain>> _flights = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// The result that is known or on its way; null where it falls to the caller to train, who then owes <see cref="Finish"/> or
    /// <see cref="GiveUp"/>.
    /// </summary>
    public Task<Retrain>? Join(FlipSet flips)
    {
        lock (_lock)
        {
            if (memo.Recall(flips) is { } known) return Task.FromResult(known);
            if (_flights.TryGetValue(flips, out var flight)) return flight.Task;
            _flights[flips] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return null;
        }
    }

    public void Finish(FlipSet flips, Retrain retrain)
    {
        TaskCompletionSource<Retrain>? flight;
        lock (_lock)
        {
            memo.Remember(flips, retrain);
            _flights.Remove(flips, out flight);
        }

        flight!.SetResult(retrain);
    }

    /// <summary>There will be no result; a cancellation lets those who wait ask again.</summary>
    public void GiveUp(FlipSet flips, Exception reason)
    {
        TaskCompletionSource<Retrain>? flight;
        lock (_lock) _flights.Remove(flips, out flight);
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
