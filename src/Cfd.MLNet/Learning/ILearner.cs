namespace Cfd.MLNet.Learning;

/// <summary>
/// The learning algorithm L of the method: a flip set in, the answers of f' = L(X, y') out. A retrain is a pure function of the
/// flip set. Thread-safe.
/// </summary>
internal interface ILearner
{
    /// <summary>How many flip sets a retrainer takes in one call, at least 1.</summary>
    int CandidatesAtOnce => 1;

    /// <summary>A retrainer with buffers of its own, for one worker.</summary>
    IRetrainer CreateRetrainer();

    /// <summary>
    /// This learner with all that chance decides drawn from another seed (initial weights, order of mini-batches). Data and validation
    /// rows stay, so that its models are comparable. Null where no seed decides anything.
    /// </summary>
    ILearner? Reseeded(long seed) => null;

    /// <summary>
    /// This learner with its initial weights disturbed by one part in a million, each up or down as the seed says, and nothing else changed.
    /// Null where there are no such weights: what a mere repetition of the training changes is measured instead.
    /// </summary>
    ILearner? Disturbed(long seed) => null;
}

/// <summary>One worker's retrainer, used by one thread at a time.</summary>
internal interface IRetrainer : IDisposable
{
    /// <summary>
    /// Retrains on each flip set, at most <see cref="ILearner.CandidatesAtOnce"/> of them. One result each, in order; times are the caller's to
    /// measure.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled within the retrain.</exception>
    Retrain[] RetrainTogether(IReadOnlyList<FlipSet> flipSets, CancellationToken cancellationToken);
}
