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
        => InOrder.Run(
            flipSets.Count, DegreeOfParallelism,
            index =>
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
            },
            cancellationToken);

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
            flight.SetException(failure);
            _ = flight.Task.Exception; // observed: the caller gets it below
            throw;
        }
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

    private sealed record Remembered(FlipSet Flips, IPredictor Predictor, long Bytes);
}
