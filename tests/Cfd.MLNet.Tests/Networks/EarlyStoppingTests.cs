using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

[TestClass]
public sealed class EarlyStoppingTests
{
    [TestMethod]
    public void ShouldStop_PatienceEpochsWithoutALowerLoss_IsTrue()
        => Assert.AreEqual((1, 0.4, 5), Run(patience: 3, 0.5, 0.4, 0.45, 0.41, 0.42, 0.1));

    [TestMethod]
    public void ShouldStop_LowerLossInTime_CountsAnew()
        => Assert.AreEqual((3, 0.3, 6), Run(patience: 3, 0.5, 0.6, 0.6, 0.3, 0.4, 0.4));

    [TestMethod]
    public void ShouldStop_PatienceOfOne_StopsAtTheFirstLossThatIsNotLower()
        => Assert.AreEqual((1, 0.4, 3), Run(patience: 1, 0.5, 0.4, 0.4, 0.1));

    [TestMethod]
    public void IsBest_EqualLoss_KeepsTheEarlierEpoch()
        => Assert.AreEqual((0, 0.5, 3), Run(patience: 2, 0.5, 0.5, 0.5, 0.1));

    [TestMethod]
    public void IsBest_NaN_IsNeverBest()
        => Assert.AreEqual((1, 0.4, 4), Run(patience: 2, 0.5, 0.4, double.NaN, double.NaN, 0.1));

    [TestMethod]
    public void IsBest_OnlyNaN_StopsAfterPatienceEpochsWithoutABest()
        => Assert.AreEqual((-1, double.PositiveInfinity, 3), Run(patience: 3, double.NaN, double.NaN, double.NaN, double.NaN));

    [TestMethod]
    public void IsBest_FiniteAfterNaN_IsBest()
        => Assert.AreEqual((2, 0.7, 4), Run(patience: 3, double.NaN, double.PositiveInfinity, 0.7, 0.8));

    /// <summary>Best epoch, best loss and how many losses were asked for, as the training loop asks.</summary>
    private static (int BestEpoch, double BestLoss, int EpochsRun) Run(int patience, params double[] losses)
    {
        var stopping = new EarlyStopping(patience);
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            if (!stopping.IsBest(epoch, losses[epoch]) && stopping.ShouldStop(epoch))
                return (stopping.BestEpoch, stopping.BestLoss, epoch + 1);
        }

        return (stopping.BestEpoch, stopping.BestLoss, losses.Length);
    }
}
