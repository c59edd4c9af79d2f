using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>
/// Retrains of L: one training a flip set, or those of all members where L is the mean of several. The trainings are shared by key, so that
/// evidence which asks for single ones finds what a search has trained. Thread-safe. Disposing frees memory alone.
/// </summary>
/// <param name="learner">L.</param>
/// <param name="runner">Where its retrains run.</param>
/// <param name="memoBytes">Bytes that answers may take.</param>
/// <param name="log">Asked before a training, told after one; null for none.</param>
internal sealed class RetrainPool(ILearner learner, IRetrainRunner runner, long memoBytes, IRetrainLog? log = null) : IDisposable
{
    private readonly KeyedRetrains _trainings = new(runner, memoBytes, log);

    /// <summary>Retrains on this process's cores, by so many workers.</summary>
    public RetrainPool(ILearner learner, int workers, long memoBytes, IRetrainLog? log = null)
        : this(learner, new LearnerRunner(learner, workers), memoBytes, log)
    {
    }

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

    /// <summary>Flip sets that can be trained at once.</summary>
    public int CandidatesAtOnce => Math.Max(1, runner.Width / Members.Count);

    /// <summary>Trainings, each member counted by itself, that all workers run at once.</summary>
    public int TrainingsAtOnce => runner.Width;

    /// <summary>Retrains that ran to their end, each member counted as its part of one.</summary>
    public long Retrains => _trainings.Trainings / Members.Count;

    /// <summary>Trainings that ran to their end, each member counted by itself.</summary>
    public long Trainings => _trainings.Trainings;

    /// <summary>Time spent in retrains, summed over those that ran at once.</summary>
    public TimeSpan TrainingTime => runner.BusyTime;

    /// <summary>What the retrain of a flip set came to: remembered, awaited, or trained.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Retrain Get(FlipSet flips, CancellationToken cancellationToken) => Start([flips], cancellationToken)[0].GetAwaiter().GetResult();

    /// <summary>What the retrain of each flip set comes to; they are taken up in their order.</summary>
    public Task<Retrain>[] Start(IReadOnlyList<FlipSet> flipSets, CancellationToken cancellationToken)
    {
        var trainings = _trainings.Start([.. from flips in flipSets from member in Members select new RetrainKey(flips, member)], cancellationToken);
        return Members.Count == 1 ? trainings : [.. trainings.Chunk(Members.Count).Select(Together)];
    }

    /// <summary>
    /// Calls <paramref name="receive"/> with what the retrain of each flip set came to, from several threads; flip sets are taken up in their
    /// order.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(IReadOnlyList<FlipSet> flipSets, Action<int, Retrain> receive, CancellationToken cancellationToken)
        => Receive(Start(flipSets, cancellationToken), receive);

    /// <summary>Calls <paramref name="receive"/> with what each of these trainings came to, from several threads.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished has been received.</exception>
    public void GetAll(IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken)
        => Receive(_trainings.Start(keys, cancellationToken), receive);

    /// <inheritdoc cref="KeyedRetrains.TrainAnew"/>
    public Retrain TrainAnew(RetrainKey key, CancellationToken cancellationToken) => _trainings.TrainAnew(key, cancellationToken);

    /// <summary>Forgets all answers and frees the workers' buffers.</summary>
    public void Dispose() => _trainings.Dispose();

    private static async Task<Retrain> Together(Task<Retrain>[] members) => Retrain.Of(await Task.WhenAll(members).ConfigureAwait(false));

    /// <summary>Hands each on when it is there, and holds none of them for longer: together they may be large.</summary>
    private static void Receive(Task<Retrain>[] retrains, Action<int, Retrain> receive)
    {
        var received = new Task[retrains.Length];
        for (int i = 0; i < received.Length; i++) (received[i], retrains[i]) = (ReceiveOne(i, retrains[i]), null!);
        Task.WhenAll(received).GetAwaiter().GetResult();

        async Task ReceiveOne(int index, Task<Retrain> retrain) => receive(index, await retrain.ConfigureAwait(false));
    }
}
