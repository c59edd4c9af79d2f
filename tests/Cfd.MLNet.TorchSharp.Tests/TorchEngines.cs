using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>The engine under test. A test that cannot load its native library is inconclusive and says why.</summary>
internal static class TorchEngines
{
    public static TorchSharpEngine Create(int candidatesAtOnce = 32)
    {
        try
        {
            return new TorchSharpEngine(candidatesAtOnce: candidatesAtOnce);
        }
        catch (DllNotFoundException missing)
        {
            Assert.Inconclusive(missing.Message);
            throw;
        }
    }

    /// <summary>Whether the native library loads here.</summary>
    public static bool Loads
    {
        get
        {
            try
            {
                _ = new TorchSharpEngine();
                return true;
            }
            catch (DllNotFoundException)
            {
                return false;
            }
        }
    }

    public static ITrainingEngine Engine(int candidatesAtOnce = 32) => Create(candidatesAtOnce).Implementation;

    /// <summary>Trains the flip sets in stacks of so many.</summary>
    public static TrainedNetwork[] TrainStacked(TrainingProblem problem, IReadOnlyList<int[]> flipSets, int stack)
    {
        using var trainer = Engine(stack).CreateTrainer(problem);
        return [.. flipSets.Chunk(stack).SelectMany(some => trainer.TrainTogether(some, CancellationToken.None)).Select(result => result.Trained!)];
    }

    /// <summary>Trains the flip sets one after the other on the managed engine.</summary>
    public static TrainedNetwork[] TrainManaged(TrainingProblem problem, IReadOnlyList<int[]> flipSets)
        => [.. flipSets.Select(flips => ManagedTrainingEngine.Default.Train(problem, flips))];

    /// <summary>How many of the networks' predictions for these rows differ.</summary>
    public static int Differing(TrainedNetwork[] expected, TrainedNetwork[] actual, Data.FeatureMatrix rows)
        => expected.Zip(actual, (one, other) => Enumerable.Range(0, rows.Rows).Count(
            row => one.Network.Logit(rows.Row(row)) > 0 != other.Network.Logit(rows.Row(row)) > 0)).Sum();
}
