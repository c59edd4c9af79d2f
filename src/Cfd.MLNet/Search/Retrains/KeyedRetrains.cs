using System.Runtime.ExceptionServices;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// Retrains by key: each is trained once however many ask, on all cores, remembered up to a bound in bytes, and kept in a log where there
/// is one. Since a retrain is a pure function of its key, neither memo, log nor timing shows in any answer. Thread-safe. Disposing frees
/// memory alone: what is asked for later is trained again.
/// </summary>
/// <param name="learner">L.</param>
/// <param name="degreeOfParallelism">Workers.</param>
/// <param name="memoBytes">Bytes that answers may take.</param>
/// <param name="log">Asked before a retrain, told after one; null for none.</param>
internal sealed class KeyedRetrains(ILearner learner, int degreeOfParallelism, long memoBytes, IRetrainLog? log = null) : IDisposable
{
    private readonly SingleFlight _flights = new(new RetrainMemo(memoBytes));
    private readonly WorkerSlots _slots = new(learner, degreeOfParallelism);
    private long _trainings;

    /// <summary>Workers.</summary>
    public int DegreeOfParallelism => _slots.Count;

    /// <summary>Candidates that all workers train at once.</summary>
    public int CandidatesAtOnce => _slots.Count * learner.CandidatesAtOnce;

    /// <summary>Trainings that ran to their end.</summary>
    public long Trainings => Interlocked.Read(ref _trainings);

    /// <summary>Time spent in retrains, summed over the workers.</summary>
    public TimeSpan TrainingTime => _slots.BusyTime;

    /// <summary>What a retrain came to: remembered, awaited, or trained on this thread.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Retrain Get(RetrainKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_flights.Join(key) is not { } flight) return Train([key], cancellationToken)[0];
            try
            {
                flight.Wait(cancellationToken);
                return flight.Result;
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
    /// Calls <paramref name="receive"/> with what each retrain came to, from several threads; keys are taken up in their order.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken)
    {
        int stack = learner.CandidatesAtOnce;
        if (stack == 1)
        {
            InOrder.Run(keys.Count, DegreeOfParallelism, index => receive(index, Get(keys[index], cancellationToken)), cancellationToken);
            return;
        }

        int next = 0;
        var order = new Lock();
        InOrder.Run((keys.Count + stack - 1) / stack, DegreeOfParallelism, _ => GetStack(), cancellationToken);

        // Takes the next flip sets in order until a stack is full: what is known or already trained elsewhere takes no place.
        void GetStack()
        {
            var mine = new List<int>();
            var others = new List<(int Index, Task<Retrain> Flight)>();
            lock (order)
            {
                for (; next < keys.Count && mine.Count < stack; next++)
                {
                    if (_flights.Join(keys[next]) is { } flight) others.Add((next, flight));
                    else mine.Add(next);
                }
            }

            Retrain[] trained = [];
            try
            {
                if (mine.Count > 0) trained = Train([.. mine.Select(index => keys[index])], cancellationToken);
            }
            finally
            {
                // What is known needs no more time, even within a cancellation.
                others.RemoveAll(other =>
                {
                    if (!other.Flight.IsCompletedSuccessfully) return false;
                    receive(other.Index, other.Flight.Result);
                    return true;
                });
            }

            for (int i = 0; i < trained.Length; i++) receive(mine[i], trained[i]);
            foreach (var (index, _) in others) receive(index, Get(keys[index], cancellationToken));
        }
    }

    /// <summary>Trains by a key whatever is remembered or kept of it, and remembers nothing of that.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Retrain TrainAnew(RetrainKey key, CancellationToken cancellationToken) => _slots.Train([key], cancellationToken)[0];

    /// <summary>Forgets all answers and frees the workers' buffers.</summary>
    public void Dispose()
    {
        _slots.FreeBuffers();
        _flights.Clear();
    }

    /// <summary>What the log knows, and the rest trained together; all that fell to the caller is finished or given up.</summary>
    private Retrain[] Train(RetrainKey[] keys, CancellationToken cancellationToken)
    {
        try
        {
            var retrains = new Retrain[keys.Length];
            var missing = new List<int>();
            for (int i = 0; i < keys.Length; i++)
            {
                if (log?.Recall(keys[i]) is { } known) retrains[i] = known;
                else missing.Add(i);
            }

            var trained = missing.Count == 0 ? [] : _slots.Train([.. missing.Select(i => keys[i])], cancellationToken);
            for (int i = 0; i < trained.Length; i++)
            {
                retrains[missing[i]] = trained[i];
                if (trained[i].Answer is not null) Interlocked.Increment(ref _trainings);
                log?.Add(keys[missing[i]], trained[i]);
            }

            for (int i = 0; i < keys.Length; i++) _flights.Finish(keys[i], retrains[i]);
            return retrains;
        }
        catch (Exception failure)
        {
            foreach (var key in keys) _flights.GiveUp(key, failure);
            throw;
        }
    }
}
