using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>
/// The learning algorithm L of the method: a flip set in, a predictor f' = L(X, y') out. A retrain is a pure function of the
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
    /// Retrains on each flip set, at most <see cref="ILearner.CandidatesAtOnce"/> of them. One result each, in order.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled within the retrain.</exception>
    RetrainResult[] RetrainTogether(IReadOnlyList<FlipSet> flipSets, CancellationToken cancellationToken);
}

/// <summary>One flip set's outcome: the predictor, or why there is none.</summary>
internal readonly record struct RetrainResult(IPredictor? Predictor, TrainingDivergedException? Failure);

/// <summary>A trained model f', immutable and thread-safe. A logit above 0 predicts the positive class.</summary>
internal interface IPredictor
{
    /// <summary>Bytes that keeping the predictor costs.</summary>
    long SizeInBytes { get; }

    /// <summary>The logit of one row.</summary>
    /// <param name="features">Its prepared features.</param>
    /// <param name="position">
    /// Its position among the test rows of the audit, for learners that answer these rows alone; -1 for any other row.
    /// </param>
    float Logit(ReadOnlySpan<float> features, int position);

    /// <summary>One logit a row of an audit's test rows.</summary>
    float[] Logits(FeatureMatrix testRows);
}
