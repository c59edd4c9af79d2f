namespace Cfd.MLNet.Networks;

/// <summary>A way to run the training loop. Thread-safe; all engines answer the same question, up to rounding.</summary>
internal interface ITrainingEngine
{
    /// <summary>How many candidates a trainer takes in one call, at least 1; more than 1 where that is faster than one by one.</summary>
    int CandidatesAtOnce => 1;

    /// <summary>Trainers that may usefully work at the same time; 1 where the engine brings threads of its own.</summary>
    int MaxTrainers => int.MaxValue;

    /// <summary>A trainer with buffers of its own for one worker.</summary>
    ITrainer CreateTrainer(TrainingProblem problem);
}

/// <summary>One worker's trainer, used by one thread at a time.</summary>
internal interface ITrainer : IDisposable
{
    /// <summary>What it trains, but for the plan and the flips.</summary>
    TrainingProblem Problem { get; }

    /// <summary>
    /// Trains from scratch with the labels of <paramref name="flippedRows"/> (positions in the training part) turned over.
    /// </summary>
    /// <param name="plan">The problem's own, or one of the same shape and rows.</param>
    /// <param name="flippedRows">Positions in the training part.</param>
    /// <param name="cancellationToken">Checked at least once an epoch.</param>
    /// <exception cref="OperationCanceledException">Cancelled; checked at least once an epoch.</exception>
    /// <exception cref="TrainingDivergedException">The loss left the range of numbers (training diverged).</exception>
    TrainedNetwork Train(TrainingPlan plan, ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken);

    /// <summary>
    /// Trains each flip set from scratch by one plan, as <see cref="Train"/> would; at most <see cref="ITrainingEngine.CandidatesAtOnce"/> of
    /// them. One result each, in order: a training that diverged is a failure of its own flip set alone.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; checked at least once an epoch.</exception>
    TrainingResult[] TrainTogether(TrainingPlan plan, IReadOnlyList<int[]> flipSets, CancellationToken cancellationToken)
    {
        var results = new TrainingResult[flipSets.Count];
        for (int i = 0; i < results.Length; i++)
        {
            try
            {
                results[i] = new TrainingResult(Train(plan, flipSets[i], cancellationToken), null);
            }
            catch (TrainingDivergedException failure)
            {
                results[i] = new TrainingResult(null, failure);
            }
        }

        return results;
    }
}

/// <summary>Trainings by the problem's own plan.</summary>
internal static class TrainerExtensions
{
    /// <inheritdoc cref="ITrainer.Train"/>
    public static TrainedNetwork Train(this ITrainer trainer, ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken)
        => trainer.Train(trainer.Problem.Plan, flippedRows, cancellationToken);

    /// <inheritdoc cref="ITrainer.TrainTogether"/>
    public static TrainingResult[] TrainTogether(this ITrainer trainer, IReadOnlyList<int[]> flipSets, CancellationToken cancellationToken)
        => trainer.TrainTogether(trainer.Problem.Plan, flipSets, cancellationToken);
}

/// <summary>
/// A trained network, the epoch its weights are of (from 0), how many epochs ran, and the mean validation loss at that epoch
/// (NaN without validation rows).
/// </summary>
internal sealed record TrainedNetwork(ReluNetwork Network, int BestEpoch, int EpochsRun, double ValidationLoss);

/// <summary>One candidate's outcome: the trained network, or why there is none.</summary>
internal readonly record struct TrainingResult(TrainedNetwork? Trained, TrainingDivergedException? Failure);
