using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Cfd.MLNet.Common;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Search;

/// <summary>
/// Retrained models by flip set: each is trained once however many ask (single flight), kept in memory up to a bound in bytes
/// (least recently used out), trained on all cores. Since a retrain is a pure function of its flip set, neither the memo nor
/// timing shows in any answer. Thread-safe.
/// </summary>
internal sealed class RetrainPool(ILearner learner, int degreeOfParallelism, long memoBytes) : IDisposable
{
    private readonly ConcurrentBag<IRetrainer> _idle = [];
    private readonly Dictionary<FlipSet, LinkedListNode<Remembered>> _memo = [];
    private readonly LinkedList<Remembered> _byRecency = [];
    private readonly Dictionary<FlipSet, TaskCompletionSource<IPredictor>> _inFlight = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _workers = new(degreeOfParallelism);
    private readonly ConcurrentDictionary<FlipSet, TimeSpan> _times = [];
    private long _bytes;
    private long _retrains;
    private long _trainingTicks;

    public int DegreeOfParallelism { get; } = degreeOfParallelism;

    /// <summary>Asked before a retrain, told after one; null for none. Set before the first question it is to see.</summary>
    public IRetrainLog? Log { get; set; }

    /// <summary>Candidates that all workers train at once.</summary>
    public int CandidatesAtOnce => DegreeOfParallelism * learner.CandidatesAtOnce;

    /// <summary>Retrains that ran to their end.</summary>
    public long Retrains => Interlocked.Read(ref _retrains);

    /// <summary>Time spent in retrains, summed over the workers.</summary>
    public TimeSpan TrainingTime => TimeSpan.FromTicks(Interlocked.Read(ref _trainingTicks));

    /// <summary>The time that the retrain of a flip set took, or its part of a stack's; 0 where there was none.</summary>
    public TimeSpan TimeOf(FlipSet flips) => _times.GetValueOrDefault(flips);

    /// <summary>The model of a flip set: remembered, awaited, or trained on this thread.</summary>
    public IPredictor Get(FlipSet flips, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TaskCompletionSource<IPredictor> flight;
            bool isMine = false;
            lock (_lock)
            {
                if (Recall(flips) is { } known) return known;
                if (!_inFlight.TryGetValue(flips, out flight!))
                {
                    _inFlight[flips] = flight = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    isMine = true;
                }
            }

            if (isMine)
            {
                var (predictor, diverged) = Fly([new Flight(0, flips, flight)], cancellationToken)[0];
                return predictor ?? throw diverged!;
            }

            try
            {
                flight.Task.Wait(cancellationToken);
                return flight.Task.Result;
            }
            catch (AggregateException failure) when (failure.InnerException is OperationCanceledException)
            {
                // Whoever trained it gave up; we have not, so we look again.
            }
            catch (AggregateException failure)
            {
                ExceptionDispatchInfo.Throw(failure.InnerException!);
            }
        }
    }

    /// <summary>
    /// Calls <paramref name="receive"/> with the model or the failure of each flip set, from several threads; flip sets are taken up
    /// in their order.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(
        IReadOnlyList<FlipSet> flipSets, Action<int, IPredictor?, TrainingDivergedException?> receive, CancellationToken cancellationToken)
    {
        int stack = learner.CandidatesAtOnce, next = 0;
        if (stack == 1) InOrder.Run(flipSets.Count, DegreeOfParallelism, GetOne, cancellationToken);
        else InOrder.Run((flipSets.Count + stack - 1) / stack, DegreeOfParallelism, _ => GetStack(), cancellationToken);

        void GetOne(int index)
        {
            IPredictor? predictor = null;
            TrainingDivergedException? diverged = null;
            try
            {
                predictor = Get(flipSets[index], cancellationToken);
            }
            catch (TrainingDivergedException failure)
            {
                diverged = failure;
            }

            receive(index, predictor, diverged);
        }

        // Takes the next flip sets in order until a stack is full: what is remembered or already trained elsewhere takes no place.
        void GetStack()
        {
            var flights = new List<Flight>();
            var remembered = new List<(int Index, IPredictor Predictor)>();
            var elsewhere = new List<int>();
            lock (_lock)
            {
                for (; next < flipSets.Count && flights.Count < stack; next++)
                {
                    var flips = flipSets[next];
                    if (Recall(flips) is { } known)
                    {
                        remembered.Add((next, known));
                    }
                    else if (_inFlight.ContainsKey(flips))
                    {
                        elsewhere.Add(next);
                    }
                    else
                    {
                        var flight = new Flight(next, flips, new(TaskCreationOptions.RunContinuationsAsynchronously));
                        _inFlight[flips] = flight.Landing;
                        flights.Add(flight);
                    }
                }
            }

            RetrainResult[] results = [];
            try
            {
                if (flights.Count > 0) results = Fly(flights, cancellationToken);
            }
            finally
            {
                foreach (var (index, predictor) in remembered) receive(index, predictor, null);
            }

            for (int i = 0; i < results.Length; i++) receive(flights[i].Index, results[i].Predictor, results[i].Failure);
            foreach (int index in elsewhere) GetOne(index);
        }
    }

    /// <summary>
    /// A pool of the same learner under another seed (<see cref="ILearner.Reseeded"/>), which remembers no models; null where no seed
    /// decides anything.
    /// </summary>
    public RetrainPool? Reseeded(long seed)
        => learner.Reseeded(seed) is { } reseeded ? new RetrainPool(reseeded, DegreeOfParallelism, memoBytes: 0) : null;

    /// <summary>
    /// A pool of the same learner, its initial weights slightly disturbed where it has some (<see cref="ILearner.Disturbed"/>), which
    /// remembers no models.
    /// </summary>
    public RetrainPool Disturbed(long seed) => new(learner.Disturbed(seed) ?? learner, DegreeOfParallelism, memoBytes: 0);

    /// <summary>Forgets all models and frees the workers' buffers; what is asked for later is trained again.</summary>
    public void Trim()
    {
        while (_idle.TryTake(out var retrainer)) retrainer.Dispose();
        lock (_lock)
        {
            _memo.Clear();
            _byRecency.Clear();
            _bytes = 0;
        }
    }

    public void Dispose()
    {
        Trim();
        _workers.Dispose();
    }

    /// <summary>Trains flip sets that share a call of the learner; all that were claimed land or fail.</summary>
    private RetrainResult[] Fly(List<Flight> flights, CancellationToken cancellationToken)
    {
        try
        {
            var results = RecallOrRetrain([.. flights.Select(flight => flight.Flips)], cancellationToken);

            lock (_lock)
            {
                for (int i = 0; i < results.Length; i++)
                {
                    if (results[i].Predictor is { } predictor) Remember(flights[i].Flips, predictor);
                    _inFlight.Remove(flights[i].Flips);
                }
            }

            for (int i = 0; i < results.Length; i++)
            {
                if (results[i].Predictor is not { } predictor)
                {
                    Fail(flights[i].Landing, results[i].Failure!);
                    continue;
                }

                flights[i].Landing.SetResult(predictor);
            }

            return results;
        }
        catch (Exception failure)
        {
            lock (_lock)
            {
                foreach (var flight in flights) _inFlight.Remove(flight.Flips);
            }

            foreach (var flight in flights) Fail(flight.Landing, failure);
            throw;
        }
    }

    /// <summary>What the log knows, and the rest trained together.</summary>
    private RetrainResult[] RecallOrRetrain(FlipSet[] flipSets, CancellationToken cancellationToken)
    {
        var results = new RetrainResult[flipSets.Length];
        var missing = new List<int>();
        for (int i = 0; i < flipSets.Length; i++)
        {
            if (Log?.Recall(flipSets[i]) is not { } known) missing.Add(i);
            else (results[i], _times[flipSets[i]]) = known;
        }

        if (missing.Count == 0) return results;
        long started = Stopwatch.GetTimestamp();
        var trained = Retrain([.. missing.Select(i => flipSets[i])], cancellationToken);
        var time = Stopwatch.GetElapsedTime(started) / missing.Count;
        for (int i = 0; i < trained.Length; i++)
        {
            results[missing[i]] = trained[i];
            _times[flipSets[missing[i]]] = time;
            if (trained[i].Predictor is not null) Interlocked.Increment(ref _retrains);
            Log?.Add(flipSets[missing[i]], trained[i], time);
        }

        return results;
    }

    /// <summary>Trains on one of the workers; waits while all are busy, whoever keeps them so.</summary>
    private RetrainResult[] Retrain(FlipSet[] flipSets, CancellationToken cancellationToken)
    {
        _workers.Wait(cancellationToken);
        try
        {
            if (!_idle.TryTake(out var retrainer)) retrainer = learner.CreateRetrainer();
            long started = Stopwatch.GetTimestamp();
            try
            {
                return retrainer.RetrainTogether(flipSets, cancellationToken);
            }
            finally
            {
                Interlocked.Add(ref _trainingTicks, Stopwatch.GetElapsedTime(started).Ticks);
                _idle.Add(retrainer);
            }
        }
        finally
        {
            _workers.Release();
        }
    }

    private static void Fail(TaskCompletionSource<IPredictor> flight, Exception failure)
    {
        flight.SetException(failure);
        _ = flight.Task.Exception; // observed: the caller gets the failure itself
    }

    private IPredictor? Recall(FlipSet flips)
    {
        if (!_memo.TryGetValue(flips, out var node)) return null;
        _byRecency.Remove(node);
        _byRecency.AddFirst(node);
        return node.Value.Predictor;
    }

    private void Remember(FlipSet flips, IPredictor predictor)
    {
        var remembered = new Remembered(flips, predictor, predictor.SizeInBytes + (flips.Count * sizeof(int)) + 200);
        if (remembered.Bytes > memoBytes) return;
        _memo[flips] = _byRecency.AddFirst(remembered);
        _bytes += remembered.Bytes;
        while (_bytes > memoBytes)
        {
            var oldest = _byRecency.Last!.Value;
            _byRecency.RemoveLast();
            _memo.Remove(oldest.Flips);
            _bytes -= oldest.Bytes;
        }
    }

    /// <summary>A flip set of a stack, its place in the question and who waits for it.</summary>
    private sealed record Flight(int Index, FlipSet Flips, TaskCompletionSource<IPredictor> Landing);

    private sealed record Remembered(FlipSet Flips, IPredictor Predictor, long Bytes);
}
