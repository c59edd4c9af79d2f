using System.Threading.Channels;

namespace Cfd.MLNet.Orleans.Coordination;

/// <summary>A retrain that is asked for, and where its answer goes.</summary>
internal sealed record PendingRetrain(string Package, string Request, int Index, ChannelWriter<RetrainAnswer> Answers, CancellationToken CancellationToken);

/// <summary>Retrains that no slot has taken up, the oldest first; slots take batches, nothing is pushed to them. Thread-safe.</summary>
internal sealed class RetrainQueue
{
    private readonly LinkedList<PendingRetrain> _waiting = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Retrains that wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    public void Add(IEnumerable<PendingRetrain> retrains)
    {
        lock (_lock)
        {
            foreach (var retrain in retrains) _waiting.AddLast(retrain);
            Signal();
        }
    }

    /// <summary>Those that were taken and not answered come first again.</summary>
    public void GiveBack(IReadOnlyList<PendingRetrain> retrains)
    {
        lock (_lock)
        {
            foreach (var retrain in retrains.Reverse()) _waiting.AddFirst(retrain);
            Signal();
        }
    }

    /// <summary>The oldest and those of the same package behind it; waits until there is one.</summary>
    /// <param name="size">How many at most, given the package and how many wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PendingRetrain[]> TakeAsync(Func<string, int, int> size, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task added;
            lock (_lock)
            {
                var taken = Take(size);
                if (taken.Length > 0) return taken;
                added = _added.Task;
            }

            await added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends all that wait with a failure.</summary>
    public void FailAll(Exception failure)
    {
        lock (_lock)
        {
            foreach (var retrain in _waiting) retrain.Answers.TryComplete(failure);
            _waiting.Clear();
        }
    }

    private PendingRetrain[] Take(Func<string, int, int> size)
    {
        var taken = new List<PendingRetrain>();
        int most = 1;
        for (var node = _waiting.First; node is not null && taken.Count < most;)
        {
            var (retrain, next) = (node.Value, node.Next);
            if (retrain.CancellationToken.IsCancellationRequested)
            {
                _waiting.Remove(node);
            }
            else if (taken.Count == 0 || retrain.Package == taken[0].Package)
            {
                if (taken.Count == 0) most = Math.Max(1, size(retrain.Package, _waiting.Count));
                taken.Add(retrain);
                _waiting.Remove(node);
            }

            node = next;
        }

        return [.. taken];
    }

    private void Signal()
    {
        _added.TrySetResult();
        _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
