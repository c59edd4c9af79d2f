namespace Cfd.MLNet.Learning;

/// <summary>
/// The learning algorithm L of the method: a flip set in, the answers of f' = L(X, y') out. A retrain is a pure function of its key.
/// Thread-safe.
/// </summary>
internal interface ILearner
{
    /// <summary>How many keys a retrainer takes in one call, at least 1.</summary>
    int CandidatesAtOnce => 1;

    /// <summary>The replicates whose mean logit is f: one, or those of an ensemble.</summary>
    IReadOnlyList<Replicate> Members => [Replicate.Base];

    /// <summary>Whether a seed decides anything, so that <see cref="Replicate.Seed"/> is understood.</summary>
    bool HasSeed => false;

    /// <summary>Whether there is a seed of which it is not known that the training feels it.</summary>
    bool MayIgnoreSeed => false;

    /// <summary>Whether trainings of one key were seen to differ, so that chance decides what no seed of ours governs.</summary>
    bool IsNoisy => false;

    /// <summary>Whether training stops early, so that <see cref="Replicate.EpochsFixed"/> says something.</summary>
    bool StopsEarly => false;

    /// <summary>A retrainer with buffers of its own, for one worker.</summary>
    IRetrainer CreateRetrainer();
}

/// <summary>One worker's retrainer, used by one thread at a time.</summary>
internal interface IRetrainer : IDisposable
{
    /// <summary>
    /// Retrains by each key, at most <see cref="ILearner.CandidatesAtOnce"/> of them. One result each, in order; times are the caller's to
    /// measure. Where there are no initial weights to disturb, a disturbed replicate is the training once more.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled within the retrain.</exception>
    Retrain[] RetrainTogether(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken);
}
