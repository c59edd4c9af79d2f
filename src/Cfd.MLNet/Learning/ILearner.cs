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

    float Logit(ReadOnlySpan<float> features);

    /// <summary>One logit a row.</summary>
    float[] Logits(FeatureMatrix features);
}
