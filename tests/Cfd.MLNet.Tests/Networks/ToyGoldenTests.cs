namespace Cfd.MLNet.Tests.Networks;

/// <summary>PyTorch's toy.json, 1e-6 throughout: small enough to be carried in the repository and to debug by hand.</summary>
[TestClass]
public sealed class ToyGoldenTests
{
    private const double Tolerance = 1e-6;

    [TestMethod]
    public void Losses_Oracle_AgreeWithPyTorch() => GoldenChecks.Losses(new ScalarTrainingEngine(), GoldenCase.Toy(), Tolerance, 0);

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Losses_ManagedEngine_AgreeWithPyTorch(string bits)
        => GoldenChecks.Losses(Engines.Managed(bits), GoldenCase.Toy(), Tolerance, 0);

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void FirstGradient_AnyEngine_AgreesWithPyTorch(string engine)
        => GoldenChecks.FirstGradient(Engines.Named(engine), GoldenCase.Toy(), Tolerance);

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void FinalWeights_AnyEngine_AgreeWithPyTorch(string engine)
        => GoldenChecks.FinalWeights(Engines.Named(engine), GoldenCase.Toy(), Tolerance);

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_StoppingEarly_ReportsTheLowestGoldenValidationLoss(string engine)
    {
        var golden = GoldenCase.Toy();
        var trained = Engines.Named(engine).Train(golden.Problem(golden.TrainLoss.Length, stopsEarly: true));
        Assert.AreEqual(golden.ValidationLoss.Min(), trained.ValidationLoss, Tolerance);
        Assert.AreEqual(Array.IndexOf(golden.ValidationLoss, golden.ValidationLoss.Min()), trained.BestEpoch);
    }
}
