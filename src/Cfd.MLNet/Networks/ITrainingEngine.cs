namespace Cfd.MLNet.Networks;

/// <summary>A way to run the training loop. Thread-safe; all engines answer the same question, up to rounding.</summary>
internal interface ITrainingEngine
{
    /// <summary>A trainer with buffers of its own for one worker.</summary>
    ITrainer CreateTrainer(TrainingProblem problem);
}

/// <summary>One worker's trainer, used by one thread at a time.</summary>
internal interface ITrainer : IDisposable
{
    /// <summary>
    /// Trains from scratch with the labels of <paramref name="flippedRows"/> (positions in the training part) turned over.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; checked at least once an epoch.</exception>
    /// <exception cref="InvalidOperationException">The loss left the range of numbers (training diverged).</exception>
    TrainedNetwork Train(ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken);
}

/// <summary>
/// A trained network, the epoch its weights are of (from 0), how many epochs ran, and the mean validation loss at that epoch
/// (NaN without validation rows).
/// </summary>
internal sealed record TrainedNetwork(ReluNetwork Network, int BestEpoch, int EpochsRun, double ValidationLoss);
