using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// Retrains of L: one training a flip set, or those of all members where L is the mean of several. The trainings are shared by key, so that
/// evidence which asks for single ones finds what a search has trained. Thread-safe. Disposing frees memory alone.
/// </summary>
/// <param name="learner">L.</param>
/// <param name="degreeOfParallelism">Workers.</param>
/// <param name="memoBytes">Bytes that answers may take.</param>
/// <param name="log">Asked before a training, told after one; null for none.</param>
internal sealed class RetrainPool(ILearner learner, int degreeOfParallelism, long memoBytes, IRetrainLog? log = null) : IDisposable
{
    private readonly KeyedRetrains _trainings = new(learner, degreeOfParallelism, memoBytes, log);

    /// <summary>The replicates whose mean is f.</summary>
    public IReadOnlyList<Replicate> Members { get; } = learner.Members;

    /// <summary>Whether there are other seeds to ask about.</summary>
    public bool HasSeed => learner.HasSeed;

    /// <summary>Whether there is a seed of which it is not known that the training feels it.</summary>
    public bool MayIgnoreSeed => learner.MayIgnoreSeed;

    /// <summary>Whether trainings of one key were seen to differ.</summary>
    public bool IsNoisy => learner.IsNoisy;

    /// <summary>Whether epochs can be fixed.</summary>
    public bool StopsEarly => learner.StopsEarly;

    /// <summary>Workers.</summary>
    public int DegreeOfParallelism => _trainings.DegreeOfParallelism;

    /// <summary>Flip sets that all workers train at once.</summary>
    public int CandidatesAtOnce => Math.Max(1, _trainings.CandidatesAtOnce / Members.Count);

    /// <summary>Trainings, each member counted by itself, that all workers run at once.</summary>
    public int TrainingsAtOnce => _trainings.CandidatesAtOnce;

    /// <summary>Retrains that ran to their end, each member counted as its part of one.</summary>
    public long Retrains => _trainings.Trainings / Members.Count;

    /// <summary>Trainings that ran to their end, each member counted by itself.</summary>
    public long Trainings => _trainings.Trainings;

    /// <summary>Time spent in retrains, summed over the workers.</summary>
    public TimeSpan TrainingTime => _trainings.TrainingTime;

    /// <summary>What the retrain of a flip set came to: remembered, awaited, or trained.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Retrain Get(FlipSet flips, CancellationToken cancellationToken)
    {
        if (Members is [var only]) return _trainings.Get(new RetrainKey(flips, only), cancellationToken);
        Retrain retrain = default;
        GetAll([flips], (_, result) => retrain = result, cancellationToken);
        return retrain;
    }

    /// <summary>
    /// Calls <paramref name="receive"/> with what the retrain of each flip set came to, from several threads; flip sets are taken up in their
    /// order.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(IReadOnlyList<FlipSet> flipSets, Action<int, Retrain> receive, CancellationToken cancellationToken)
    {
        int members = Members.Count;
        var retrains = new Retrain[flipSets.Count][];
        int[] missing = [.. flipSets.Select(_ => members)];
        for (int i = 0; i < retrains.Length; i++) retrains[i] = new Retrain[members];
        GetAll(
            [.. from flips in flipSets from member in Members select new RetrainKey(flips, member)],
            (index, retrain) =>
            {
                int place = index / members;
                retrains[place][index % members] = retrain;
                if (Interlocked.Decrement(ref missing[place]) == 0) receive(place, Retrain.Of(retrains[place]));
            },
            cancellationToken);
    }

    /// <summary>Calls <paramref name="receive"/> with what each of these trainings came to, from several threads.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken)
        => _trainings.GetAll(keys, receive, cancellationToken);

    /// <inheritdoc cref="KeyedRetrains.TrainAnew"/>
    public Retrain TrainAnew(RetrainKey key, CancellationToken cancellationToken) => _trainings.TrainAnew(key, cancellationToken);

    /// <summary>Forgets all answers and frees the workers' buffers.</summary>
    public void Dispose() => _trainings.Dispose();
}
