using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>
/// Reads an engine's gradient through its options alone. With both decays of Adam at 0, a step is rate * g / (|g| + epsilon). An
/// epsilon of 2^60 swallows |g| without remainder, and a rate of 2^80 makes the step 2^20 g exactly: plain gradient descent whose
/// step is so long that the initial weights disappear in the rounding. What is left is g, each element to float32's last bit.
/// </summary>
internal static class GradientProbe
{
    private const double StepLength = 1 << 20, Epsilon = 1L << 60;

    /// <summary>The gradient of the mean loss over all training rows at the initial weights, flat.</summary>
    public static double[] FirstGradient(this ITrainingEngine engine, TrainingProblem problem, params ReadOnlySpan<int> flippedRows)
    {
        var options = problem.Options with
        {
            Beta1 = 0,
            Beta2 = 0,
            Epsilon = Epsilon,
            LearningRate = StepLength * Epsilon,
            BatchSize = null,
            MaxEpochs = 1,
        };
        var oneStep = problem with
        {
            Options = options,
            ValidationFeatures = FeatureMatrix.Allocate(0, problem.Shape.Inputs),
            ValidationLabels = [],
        };
        var after = engine.Train(oneStep, flippedRows).Network.Parameters;
        var gradient = new double[after.Length];
        for (int i = 0; i < gradient.Length; i++) gradient[i] = ((double)problem.Plan.InitialParameters[i] - after[i]) / StepLength;
        return gradient;
    }
}
