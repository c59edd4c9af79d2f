using Cfd.MLNet.Data;

namespace Cfd.MLNet.Learning;

/// <summary>
/// The learning algorithm L of the method: a flip set in, a predictor f' = L(X, y') out. A retrain is a pure function of the
/// flip set. Thread-safe.
/// </summary>
internal interface ILearner
{
    /// <summary>A retrainer with buffers of its own, for one worker.</summary>
    IRetrainer CreateRetrainer();
}

/// <summary>One worker's retrainer, used by one thread at a time.</summary>
internal interface IRetrainer : IDisposable
{
    /// <exception cref="OperationCanceledException">Cancelled within the retrain.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    IPredictor Retrain(FlipSet flips, CancellationToken cancellationToken);
}

/// <summary>A trained model f', immutable and thread-safe. A logit above 0 predicts the positive class.</summary>
internal interface IPredictor
{
    /// <summary>Bytes that keeping the predictor costs.</summary>
    long SizeInBytes { get; }

    float Logit(ReadOnlySpan<float> features);

    /// <summary>One logit a row.</summary>
    float[] Logits(FeatureMatrix features);
}
