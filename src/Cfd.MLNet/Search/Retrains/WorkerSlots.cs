using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// So many retrainers work at a time, each on a thread of its own; who asks does not wait on a thread. Jobs are taken up in the order in which they
/// came. A retrainer keeps its buffers for the next retrain of the same learner until they are freed; threads end when there is nothing to do
/// for a while. Thread-safe.
/// </summary>
internal sealed class WorkerSlots(int count)
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    /// <summary>Guards all that follows; threads without work wait on it.</summary>
    private readonly object _lock = new();
    private readonly LinkedList<Job> _jobs = [];
    private readonly Dictionary<ILearner, Stack<IRetrainer>> _idle = [];
    private readonly ConditionalWeakTable<ILearner, object> _forgotten = [];
    private int _threads, _waiting, _turns;
    private long _busyTicks;

    public int Count => count;

    /// <summary>Time spent in retrains, summed over the slots.</summary>
    public TimeSpan BusyTime => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    /// <inheritdoc cref="IRetrainRunner.RunAsync"/>
    public Task RunAsync(ILearner learner, IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return Task.CompletedTask;
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var job = new Job(learner, keys, receive, cancellationToken);
        lock (_lock)
        {
            _forgotten.Remove(learner);
            job.Place = _jobs.AddLast(job);
            _turns += job.TurnsLeft;
            Monitor.PulseAll(_lock);
            for (int start = Math.Min(_turns - _waiting, count - _threads); start > 0; start--)
            {
                _threads++;
                new Thread(Work) { IsBackground = true, Name = "cfd retrain" }.Start();
            }
        }

        job.Stop = cancellationToken.Register(() => End(job, ran: false, new OperationCanceledException(cancellationToken)));
        if (job.Done.Task.IsCompleted) job.Stop.Unregister();
        return job.Done.Task;
    }

    /// <summary>Frees the buffers of a learner's idle retrainers now, and of those at work when they are done; the next retrain makes new ones.</summary>
    public void FreeBuffers(ILearner learner)
    {
        Stack<IRetrainer>? idle;
        lock (_lock)
        {
            _idle.Remove(learner, out idle);
            _forgotten.AddOrUpdate(learner, _lock);
        }

        foreach (var retrainer in idle ?? []) retrainer.Dispose();
    }

    private void Work()
    {
        while (Take() is { } turn)
        {
            try
            {
                turn.Job.CancellationToken.ThrowIfCancellationRequested();
                var trained = Train(turn.Job.Learner, turn.Keys, turn.Job.CancellationToken);
                for (int i = 0; i < trained.Length; i++) turn.Job.Receive(turn.First + i, trained[i]);
                End(turn.Job, ran: true, null);
            }
            catch (Exception failure)
            {
                End(turn.Job, ran: true, failure);
            }
        }
    }

    /// <summary>The next keys of the oldest job; null where there was none for a while, and then the thread ends.</summary>
    private Turn? Take()
    {
        lock (_lock)
        {
            while (true)
            {
                if (_jobs.First?.Value is { } job)
                {
                    int first = job.Next, taken = Math.Min(job.Learner.CandidatesAtOnce, job.Keys.Count - first);
                    job.Next += taken;
                    job.Running++;
                    _turns--;
                    if (job.Next == job.Keys.Count) _jobs.Remove(job.Place!);
                    return new Turn(job, first, [.. Enumerable.Range(first, taken).Select(index => job.Keys[index])]);
                }

                _waiting++;
                bool isWoken = Monitor.Wait(_lock, Linger);
                _waiting--;
                if (isWoken || _jobs.Count > 0) continue;
                _threads--;
                return null;
            }
        }
    }

    private Retrain[] Train(ILearner learner, RetrainKey[] keys, CancellationToken cancellationToken)
    {
        IRetrainer? retrainer = null;
        lock (_lock) _idle.GetValueOrDefault(learner)?.TryPop(out retrainer);
        long started = Stopwatch.GetTimestamp();
        try
        {
            retrainer ??= learner.CreateRetrainer();
            var trained = retrainer.RetrainTogether(keys, cancellationToken);
            var time = Stopwatch.GetElapsedTime(started) / keys.Length;
            return Array.ConvertAll(trained, retrain => retrain with { Time = time });
        }
        finally
        {
            Interlocked.Add(ref _busyTicks, Stopwatch.GetElapsedTime(started).Ticks);
            lock (_lock)
            {
                if (retrainer is not null && !_forgotten.TryGetValue(learner, out _))
                {
                    if (!_idle.TryGetValue(learner, out var idle)) _idle[learner] = idle = [];
                    idle.Push(retrainer);
                    retrainer = null;
                }
            }

            retrainer?.Dispose();
        }
    }

    /// <summary>A turn of a job has ended, or the job is cancelled; after a failure no more of its keys are taken up.</summary>
    private void End(Job job, bool ran, Exception? failure)
    {
        lock (_lock)
        {
            if (ran) job.Running--;
            if (failure is not null)
            {
                if (job.Next < job.Keys.Count)
                {
                    _jobs.Remove(job.Place!);
                    _turns -= job.TurnsLeft;
                    (job.Next, job.Failure) = (job.Keys.Count, job.Failure ?? failure);
                }
                else if (ran) job.Failure ??= failure;
            }

            if (job.Running > 0 || job.Next < job.Keys.Count) return;
        }

        switch (job.Failure)
        {
            case null: job.Done.TrySetResult(); break;
            case OperationCanceledException: job.Done.TrySetCanceled(job.CancellationToken); break;
            default: job.Done.TrySetException(job.Failure); break;
        }

        job.Stop.Unregister();
    }

    private sealed record Turn(Job Job, int First, RetrainKey[] Keys);

    private sealed record Job(ILearner Learner, IReadOnlyList<RetrainKey> Keys, Action<int, Retrain> Receive, CancellationToken CancellationToken)
    {
        public TaskCompletionSource Done { get; } = new();

        public LinkedListNode<Job>? Place { get; set; }

        public CancellationTokenRegistration Stop { get; set; }

        /// <summary>The first key that nobody has taken up.</summary>
        public int Next { get; set; }

        /// <summary>Turns that nobody has taken up.</summary>
        public int TurnsLeft => (Keys.Count - Next + Learner.CandidatesAtOnce - 1) / Learner.CandidatesAtOnce;

        /// <summary>Turns under way.</summary>
        public int Running { get; set; }

        public Exception? Failure { get; set; }
    }
}
