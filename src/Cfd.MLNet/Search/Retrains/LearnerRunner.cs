using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>Retrains of one learner on this process's cores.</summary>
/// <param name="learner">L.</param>
/// <param name="workers">How many retrainers work at a time.</param>
internal sealed class LearnerRunner(ILearner learner, int workers) : IRetrainRunner
{
    private readonly WorkerSlots _slots = new(workers);

    public int Width => workers * learner.CandidatesAtOnce;

    public TimeSpan BusyTime => _slots.BusyTime;

    public Task RunAsync(IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken)
        => _slots.RunAsync(learner, keys, receive, cancellationToken);

    public void FreeBuffers() => _slots.FreeBuffers(learner);
}
