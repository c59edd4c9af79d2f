namespace Cfd.MLNet.Tests.Networks;

/// <summary>PyTorch's german.json, within the tolerances that its README says independent implementations met.</summary>
[TestClass]
public sealed class GermanGoldenTests
{
    private const double LossRelative = 1e-5, Gradient = 2e-8, Weight = 1e-4, Logit = 1e-5;

    [TestMethod]
    public void Losses_Oracle_AgreeWithPyTorch() => GoldenChecks.Losses(new ScalarTrainingEngine(), GoldenCase.German(), 0, LossRelative);

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Losses_ManagedEngine_AgreeWithPyTorch(string bits)
        => GoldenChecks.Losses(Engines.Managed(bits), GoldenCase.German(), 0, LossRelative);

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void FirstGradient_AnyEngine_AgreesWithPyTorch(string engine)
        => GoldenChecks.FirstGradient(Engines.Named(engine), GoldenCase.German(), Gradient);

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void FinalWeights_AnyEngine_AgreeWithPyTorch(string engine)
        => GoldenChecks.FinalWeights(Engines.Named(engine), GoldenCase.German(), Weight);

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_StoppingEarly_AgreesWithPyTorch(string engine)
        => GoldenChecks.EarlyStopping(Engines.Named(engine), GoldenCase.German(), LossRelative, Logit);
}
