namespace Cfd.MLNet.Orleans.Coordination;

/// <summary>Work that no slot has taken up, the oldest first; slots take it, nothing is pushed to them. Thread-safe.</summary>
internal sealed class WorkQueue
{
    private readonly LinkedList<PendingWork> _waiting = [];
    private readonly Lock _lock = new();
    private Exception? _closed;
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Retrains and walks that wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    public void Add(IEnumerable<PendingWork> work)
    {
        lock (_lock)
        {
            foreach (var each in work)
            {
                if (_closed is not null) each.Fail(_closed);
                else _waiting.AddLast(each);
            }

            Signal();
        }
    }

    /// <summary>Those that were taken and not answered come first again.</summary>
    public void GiveBack(IReadOnlyList<PendingWork> work)
    {
        lock (_lock)
        {
            foreach (var each in work.Reverse())
            {
                if (_closed is not null) each.Fail(_closed);
                else _waiting.AddFirst(each);
            }

            Signal();
        }
    }

    /// <summary>The oldest: a walk alone, a retrain with others of its package behind it. Waits until there is one.</summary>
    /// <param name="size">How many retrains at most, given the package and how many wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PendingWork[]> TakeAsync(Func<string, int, int> size, CancellationToken cancellationToken)
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

    /// <summary>Ends all that wait, and all that is still to come, with a failure.</summary>
    public void Close(Exception failure)
    {
        lock (_lock) _closed = failure;
        FailAll(failure);
    }

    /// <summary>Ends all that wait with a failure.</summary>
    public void FailAll(Exception failure)
    {
        lock (_lock)
        {
            foreach (var work in _waiting) work.Fail(failure);
            _waiting.Clear();
        }
    }

    private PendingWork[] Take(Func<string, int, int> size)
    {
        var taken = new List<PendingWork>();
        int most = 1;
        for (var node = _waiting.First; node is not null && taken.Count < most;)
        {
            var (work, next) = (node.Value, node.Next);
            if (work.CancellationToken.IsCancellationRequested)
            {
                _waiting.Remove(node);
            }
            else if (taken.Count == 0 || (work is PendingRetrain && work.Package == taken[0].Package))
            {
                if (taken.Count == 0 && work is PendingRetrain) most = Math.Max(1, size(work.Package, _waiting.Count));
                taken.Add(work);
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
