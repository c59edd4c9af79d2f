using System.Globalization;

namespace Cfd.MLNet.Networks;

/// <summary>The end of every engine's training: parameters that are numbers make a network, others a failure.</summary>
internal static class TrainedParameters
{
    /// <exception cref="TrainingDivergedException">No epoch was best (bestEpoch below 0), or a parameter is not finite.</exception>
    public static TrainedNetwork ToNetwork(TrainingProblem problem, float[] parameters, int bestEpoch, int epochsRun, double loss)
    {
        if (bestEpoch < 0 || Array.Exists(parameters, parameter => !float.IsFinite(parameter)))
            throw new TrainingDivergedException(
                $"Training diverged: the loss left the range of numbers within {epochsRun} epochs. " +
                string.Create(CultureInfo.InvariantCulture, $"Lower LearningRate (now {problem.Options.LearningRate}) or standardise the features."));
        return new TrainedNetwork(new ReluNetwork(problem.Shape, parameters), bestEpoch, epochsRun, loss);
    }
}
