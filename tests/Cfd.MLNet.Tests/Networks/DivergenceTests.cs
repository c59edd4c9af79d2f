using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>Training that leaves the range of float32 ends in an error that names the remedy, not in a network of NaN.</summary>
[TestClass]
public sealed class DivergenceTests
{
    [TestMethod]
    [DataRow("128", 0)]
    [DataRow("256", 0)]
    [DataRow("512", 0)]
    [DataRow("128", 9)]
    [DataRow("256", 9)]
    [DataRow("512", 9)]
    public void Train_FeaturesTooLargeForFloat32_ThrowsEveryTime(string bits, int validationRows)
    {
        var options = new NetworkOptions { LearningRate = 10, MaxEpochs = 30 };
        var problem = RandomProblem.Create(41, 6, [8, 8], rows: 20, validationRows, options);
        Enlarge(problem.TrainingFeatures, 1e38f);
        Enlarge(problem.ValidationFeatures, 1e38f);
        using var trainer = Engines.Managed(bits).CreateTrainer(problem);
        for (int time = 0; time < 2; time++)
        {
            var error = Assert.ThrowsExactly<TrainingDivergedException>(() => trainer.Train([], CancellationToken.None));
            Assert.StartsWith("Training diverged: the loss left the range of numbers within ", error.Message);
            Assert.EndsWith("Lower LearningRate (now 10) or standardise the features.", error.Message);
        }
    }

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_NaNFeature_Throws(string engine)
    {
        var problem = RandomProblem.Create(42, 6, [8, 8], rows: 20, options: new NetworkOptions { MaxEpochs = 3 });
        problem.TrainingFeatures.Row(17)[4] = float.NaN;
        Assert.ThrowsExactly<TrainingDivergedException>(() => Engines.Named(engine).Train(problem));
    }

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_NaNValidationFeature_Throws(string engine)
    {
        var problem = RandomProblem.Create(44, 6, [8, 8], rows: 20, validationRows: 10, new NetworkOptions { MaxEpochs = 3 });
        problem.ValidationFeatures.Row(7)[4] = float.NaN;
        Assert.ThrowsExactly<TrainingDivergedException>(() => Engines.Named(engine).Train(problem));
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_SmallestEpsilonThatOptionsAllow_AgreesWithOracle(string bits)
    {
        // Padding, and a unit that no row reaches, have a gradient of exactly zero and so a step of 0 / (0 + epsilon).
        var options = new NetworkOptions { Epsilon = 1e-12, MaxEpochs = 3, HiddenLayers = [5] };
        options.Validate();
        var problem = RandomProblem.Create(43, 6, [5], rows: 20, options: options);
        double[] expected = Numbers.ToDoubles(new ScalarTrainingEngine().Train(problem).Network.Parameters);
        double[] actual = Numbers.ToDoubles(Engines.Managed(bits).Train(problem).Network.Parameters);
        Numbers.AreNear(expected, actual, "parameters", absolute: 1e-5);
    }

    private static void Enlarge(FeatureMatrix features, float factor)
    {
        for (int row = 0; row < features.Rows; row++)
        {
            foreach (ref float value in features.Row(row)) value *= factor;
        }
    }
}
