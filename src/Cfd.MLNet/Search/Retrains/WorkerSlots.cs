using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>So many retrainers may work at a time; each keeps its buffers for the next retrain until they are freed. Thread-safe.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle nobody asks for has nothing to free, and slots stay usable after their buffers were freed.")]
internal sealed class WorkerSlots(ILearner learner, int count)
{
    private readonly ConcurrentBag<IRetrainer> _idle = [];
    private readonly SemaphoreSlim _free = new(count);
    private long _busyTicks;

    public int Count => count;

    /// <summary>Time spent in retrains, summed over the slots.</summary>
    public TimeSpan BusyTime => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    /// <summary>Trains on one of the slots, on this thread; waits while all are busy, whoever keeps them so.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Retrain[] Train(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
    {
        _free.Wait(cancellationToken);
        try
        {
            if (!_idle.TryTake(out var retrainer)) retrainer = learner.CreateRetrainer();
            long started = Stopwatch.GetTimestamp();
            try
            {
                var trained = retrainer.RetrainTogether(keys, cancellationToken);
                var time = Stopwatch.GetElapsedTime(started) / keys.Count;
                return Array.ConvertAll(trained, retrain => retrain with { Time = time });
            }
            finally
            {
                Interlocked.Add(ref _busyTicks, Stopwatch.GetElapsedTime(started).Ticks);
                _idle.Add(retrainer);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Frees the buffers of idle retrainers; the next retrain makes new ones.</summary>
    public void FreeBuffers()
    {
        while (_idle.TryTake(out var retrainer)) retrainer.Dispose();
    }
}
