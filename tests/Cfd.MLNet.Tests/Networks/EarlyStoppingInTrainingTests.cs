using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>Early stopping inside of a training: whose epoch's weights come back, and what is reported with them.</summary>
[TestClass]
public sealed class EarlyStoppingInTrainingTests
{
    [TestMethod]
    [DataRow("scalar")]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_StoppedEarly_ReturnsTheWeightsOfTheBestEpoch(string name)
    {
        var engine = Engines.Named(name);
        var problem = Problem(maxEpochs: 200, patience: 5);
        var stopped = engine.Train(problem);
        Assert.IsLessThan(200, stopped.EpochsRun);
        Assert.AreEqual(stopped.BestEpoch + 5 + 1, stopped.EpochsRun);

        var upToBest = problem with { Options = problem.Options with { MaxEpochs = stopped.BestEpoch + 1 } };
        ProblemSample.AreSameBits(stopped with { EpochsRun = stopped.BestEpoch + 1 }, engine.Train(upToBest), "weights");
    }

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("256")]
    public void Train_LabelsOfTheValidationRows_DecideTheLossReported(string name)
    {
        var problem = Problem(maxEpochs: 30, patience: 5);
        var trained = Engines.Named(name).Train(problem, 1, 4);
        var oracle = new ScalarNetwork(problem.Shape, trained.Network.Parameters);
        Assert.AreEqual(oracle.MeanLoss(problem.ValidationFeatures, problem.ValidationLabels), trained.ValidationLoss, 1e-6);
    }

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("256")]
    public void Train_PatienceNeverRunsOut_RunsAllEpochs(string name)
    {
        var trained = Engines.Named(name).Train(Problem(maxEpochs: 60, patience: 60));
        Assert.AreEqual(60, trained.EpochsRun);
        Assert.IsLessThan(59, trained.BestEpoch, "The weights are the best epoch's, not the last's.");
    }

    [TestMethod]
    [DataRow("scalar")]
    [DataRow("256")]
    public void Train_NoValidationRows_ReturnsTheLastWeightsAndNoLoss(string name)
    {
        var problem = RandomProblem.Create(71, 8, [12, 6], rows: 40, options: new NetworkOptions { MaxEpochs = 15, Patience = 1 });
        var trained = Engines.Named(name).Train(problem);
        Assert.AreEqual((14, 15), (trained.BestEpoch, trained.EpochsRun));
        Assert.IsTrue(double.IsNaN(trained.ValidationLoss));
    }

    /// <summary>Few rows, many weights, noisy labels: overfits soon.</summary>
    private static TrainingProblem Problem(int maxEpochs, int patience)
    {
        var options = new NetworkOptions { LearningRate = 0.02, MaxEpochs = maxEpochs, Patience = patience };
        return RandomProblem.Create(72, 8, [32, 32], rows: 40, validationRows: 35, options);
    }
}
