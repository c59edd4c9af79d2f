using System.Collections.Concurrent;
using Cfd.MLNet.Learning;

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
    private long _bytes;
    private long _retrains;

    public int DegreeOfParallelism { get; } = degreeOfParallelism;

    /// <summary>Candidates that all workers train at once.</summary>
    public int CandidatesAtOnce => DegreeOfParallelism * learner.CandidatesAtOnce;

    /// <summary>Retrains that ran to their end.</summary>
    public long Retrains => Interlocked.Read(ref _retrains);

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

            if (isMine) return Fly(flips, flight, cancellationToken);
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
                throw new InvalidOperationException(failure.InnerException!.Message, failure.InnerException);
            }
        }
    }

    /// <summary>
    /// Calls <paramref name="receive"/> with the model or the failure of each flip set, from several threads; flip sets are taken up
    /// in their order.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(
        IReadOnlyList<FlipSet> flipSets, Action<int, IPredictor?, InvalidOperationException?> receive, CancellationToken cancellationToken)
    {
        int stack = learner.CandidatesAtOnce, next = 0;
        if (stack == 1) InOrder.Run(flipSets.Count, DegreeOfParallelism, GetOne, cancellationToken);
        else InOrder.Run((flipSets.Count + stack - 1) / stack, DegreeOfParallelism, _ => GetStack(), cancellationToken);

        void GetOne(int index)
        {
            IPredictor? predictor = null;
            InvalidOperationException? diverged = null;
            try
            {
                predictor = Get(flipSets[index], cancellationToken);
            }
            catch (InvalidOperationException failure)
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
                if (flights.Count > 0) results = FlyTogether(flights, cancellationToken);
            }
            finally
            {
                foreach (var (index, predictor) in remembered) receive(index, predictor, null);
            }

            for (int i = 0; i < results.Length; i++) receive(flights[i].Index, results[i].Predictor, results[i].Failure);
            foreach (int index in elsewhere) GetOne(index);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var retrainer)) retrainer.Dispose();
    }

    private IPredictor Fly(FlipSet flips, TaskCompletionSource<IPredictor> flight, CancellationToken cancellationToken)
    {
        try
        {
            if (!_idle.TryTake(out var retrainer)) retrainer = learner.CreateRetrainer();
            IPredictor predictor;
            try
            {
                predictor = retrainer.Retrain(flips, cancellationToken);
            }
            finally
            {
                _idle.Add(retrainer);
            }

            Interlocked.Increment(ref _retrains);
            lock (_lock)
            {
                Remember(flips, predictor);
                _inFlight.Remove(flips);
            }

            flight.SetResult(predictor);
            return predictor;
        }
        catch (Exception failure)
        {
            lock (_lock) _inFlight.Remove(flips);
            Fail(flight, failure);
            throw;
        }
    }

    /// <summary>As <see cref="Fly"/>, for flip sets that share a call of the learner; all that were claimed land or fail.</summary>
    private RetrainResult[] FlyTogether(List<Flight> flights, CancellationToken cancellationToken)
    {
        try
        {
            RetrainResult[] results;
            if (!_idle.TryTake(out var retrainer)) retrainer = learner.CreateRetrainer();
            try
            {
                results = retrainer.RetrainTogether([.. flights.Select(flight => flight.Flips)], cancellationToken);
            }
            finally
            {
                _idle.Add(retrainer);
            }

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

                Interlocked.Increment(ref _retrains);
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
