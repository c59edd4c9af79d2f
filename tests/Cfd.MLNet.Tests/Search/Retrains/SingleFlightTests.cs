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
        Assert.IsNull(flights.Join(Flips));
        var waiting = flights.Join(new FlipSet([4]))!;
        Assert.IsFalse(waiting.IsCompleted);
        Assert.IsNull(flights.Join(new FlipSet([5])), "another flip set is another flight");
        flights.Finish(Flips, Known);
        Assert.AreEqual(Known, waiting.Result);
        Assert.AreEqual(Known, flights.Join(Flips)!.Result, "of the memo");
    }

    [TestMethod]
    public void Finish_NothingCanBeKept_LetsTheNextTrainAgain()
    {
        var flights = new SingleFlight(new RetrainMemo(0));
        flights.Join(Flips);
        var waiting = flights.Join(Flips)!;
        flights.Finish(Flips, Known);
        Assert.AreEqual(Known, waiting.Result, "who waited has it all the same");
        Assert.IsNull(flights.Join(Flips));
    }

    [TestMethod]
    public void GiveUp_Cancelled_LetsWaitersAskAgain()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        flights.Join(Flips);
        var waiting = flights.Join(Flips)!;
        flights.GiveUp(Flips, new OperationCanceledException());
        Assert.IsTrue(waiting.IsCanceled);
        Assert.IsNull(flights.Join(Flips));
    }

    [TestMethod]
    public void GiveUp_Failed_HandsTheFailureToWaiters()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        flights.Join(Flips);
        var waiting = flights.Join(Flips)!;
        var failure = new IOException("full");
        flights.GiveUp(Flips, failure);
        Assert.AreSame(failure, Assert.ThrowsExactly<AggregateException>(waiting.Wait).InnerException);
        Assert.IsNull(flights.Join(Flips), "the next may try");
    }

    [TestMethod]
    public void Clear_WithAFlightUnderWay_LeavesItAlone()
    {
        var flights = new SingleFlight(new RetrainMemo(1 << 20));
        flights.Join(Flips);
        var waiting = flights.Join(Flips)!;
        flights.Clear();
        flights.Finish(Flips, Known);
        Assert.AreEqual(Known, waiting.Result);
        flights.Clear();
        Assert.IsNull(flights.Join(Flips));
    }
}
