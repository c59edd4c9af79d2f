using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>The engines by name, for data rows.</summary>
internal static class Engines
{
    /// <summary>"scalar" is the float64 oracle; "128", "256" and "512" the managed engine on registers of so many bits.</summary>
    public static ITrainingEngine Named(string name) => name == "scalar" ? new ScalarTrainingEngine() : Managed(name);

    public static ManagedTrainingEngine Managed(string bits) => new(Enum.Parse<VectorWidth>("Bits" + bits));

    public static TrainedNetwork Train(this ITrainingEngine engine, TrainingProblem problem, params ReadOnlySpan<int> flippedRows)
    {
        using var trainer = engine.CreateTrainer(problem);
        return trainer.Train(flippedRows, CancellationToken.None);
    }
}
