using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>Who trains and who waits.</summary>
[TestClass]
public sealed class SingleFlightTests
{
    private static readonly FlipSet Flips = new([4]);
    private static readonly Retrain Known = new(new Answer([5f]), null, default);

    [TestMethod]
    public void Join_First_FallsToTheCallerAndTheOthersWait()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        AssertFallsToTheCaller(flights, Flips);
        var waiting = flights.Join(new FlipSet([4]), out _);
        Assert.IsFalse(waiting.IsCompleted);
        AssertFallsToTheCaller(flights, new FlipSet([5]));
        flights.Finish(Flips, Known);
        Assert.AreEqual(Known, waiting.Result);
        Assert.AreEqual(Known, flights.Join(Flips, out _).Result, "of the memo");
    }

    [TestMethod]
    public void Finish_NothingCanBeKept_LetsTheNextTrainAgain()
    {
        var flights = new SingleFlight(new RetrainMemo(0));
        flights.Join(Flips, out _);
        var waiting = flights.Join(Flips, out _);
        flights.Finish(Flips, Known);
        Assert.AreEqual(Known, waiting.Result, "who waited has it all the same");
        AssertFallsToTheCaller(flights, Flips);
    }

    [TestMethod]
    public void GiveUp_Cancelled_LetsWaitersAskAgain()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        flights.Join(Flips, out _);
        var waiting = flights.Join(Flips, out _);
        flights.GiveUp(Flips, new OperationCanceledException());
        Assert.IsTrue(waiting.IsCanceled);
        AssertFallsToTheCaller(flights, Flips);
    }

    [TestMethod]
    public void GiveUp_Failed_HandsTheFailureToWaiters()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        flights.Join(Flips, out _);
        var waiting = flights.Join(Flips, out _);
        var failure = new IOException("full");
        flights.GiveUp(Flips, failure);
        Assert.AreSame(failure, Assert.ThrowsExactly<AggregateException>(waiting.Wait).InnerException);
        AssertFallsToTheCaller(flights, Flips);
    }

    [TestMethod]
    public void Clear_WithAFlightUnderWay_LeavesItAlone()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        flights.Join(Flips, out _);
        var waiting = flights.Join(Flips, out _);
        flights.Clear();
        flights.Finish(Flips, Known);
        Assert.AreEqual(Known, waiting.Result);
        flights.Clear();
        AssertFallsToTheCaller(flights, Flips);
    }

    private static void AssertFallsToTheCaller(SingleFlight flights, FlipSet flips)
    {
        Assert.IsFalse(flights.Join(flips, out bool isMine).IsCompleted);
        Assert.IsTrue(isMine);
    }
}
