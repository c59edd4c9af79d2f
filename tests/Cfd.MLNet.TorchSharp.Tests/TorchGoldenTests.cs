using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>PyTorch's figures, within the tolerances of the managed engine.</summary>
[TestClass]
public sealed class TorchGoldenTests
{
    private const double Toy = 1e-6, LossRelative = 1e-5, Gradient = 2e-8, Weight = 1e-4, Logit = 1e-5;

    [TestMethod]
    public void Losses_Toy_AgreeWithPyTorch() => GoldenChecks.Losses(TorchEngines.Engine(), GoldenCase.Toy(), Toy, 0);

    [TestMethod]
    public void FirstGradient_Toy_AgreesWithPyTorch() => GoldenChecks.FirstGradient(TorchEngines.Engine(), GoldenCase.Toy(), Toy);

    [TestMethod]
    public void FinalWeights_Toy_AgreeWithPyTorch() => GoldenChecks.FinalWeights(TorchEngines.Engine(), GoldenCase.Toy(), Toy);

    [TestMethod]
    public void Losses_German_AgreeWithPyTorch() => GoldenChecks.Losses(TorchEngines.Engine(), GoldenCase.German(), 0, LossRelative);

    [TestMethod]
    public void FirstGradient_German_AgreesWithPyTorch()
        => GoldenChecks.FirstGradient(TorchEngines.Engine(), GoldenCase.German(), Gradient);

    [TestMethod]
    public void FinalWeights_German_AgreeWithPyTorch()
        => GoldenChecks.FinalWeights(TorchEngines.Engine(), GoldenCase.German(), Weight);

    [TestMethod]
    public void Train_GermanStoppingEarly_AgreesWithPyTorch()
        => GoldenChecks.EarlyStopping(TorchEngines.Engine(), GoldenCase.German(), LossRelative, Logit);
}
