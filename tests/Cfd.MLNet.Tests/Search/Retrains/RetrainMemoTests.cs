using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>What is kept, and what goes first.</summary>
[TestClass]
public sealed class RetrainMemoTests
{
    private static readonly FlipSet A = new([1]), B = new([2]), C = new([3]);

    [TestMethod]
    public void Recall_WhatIsKept_IsTheRetrainItself()
    {
        var memo = new RetrainMemo(1 << 20);
        var retrain = Answered(10);
        memo.Remember(A, retrain);
        Assert.AreEqual(retrain, memo.Recall(new FlipSet([1])));
        Assert.IsNull(memo.Recall(B));
    }

    [TestMethod]
    public void Remember_BeyondTheBound_ForgetsTheLeastRecentlyUsed()
    {
        var memo = new RetrainMemo(3000);
        memo.Remember(A, Answered(250));
        memo.Remember(B, Answered(250));
        memo.Recall(A);
        memo.Remember(C, Answered(250));
        Assert.IsNotNull(memo.Recall(A));
        Assert.IsNull(memo.Recall(B));
        Assert.IsNotNull(memo.Recall(C));
    }

    [TestMethod]
    public void Remember_LargerThanTheBound_KeepsWhatIsThere()
    {
        var memo = new RetrainMemo(3000);
        memo.Remember(A, Answered(250));
        memo.Remember(B, Answered(2500));
        Assert.IsNull(memo.Recall(B));
        Assert.IsNotNull(memo.Recall(A));
    }

    [TestMethod]
    public void Remember_Twice_CountsOnce()
    {
        var memo = new RetrainMemo(3000);
        for (int time = 0; time < 5; time++) memo.Remember(A, Answered(250));
        memo.Remember(B, Answered(250));
        Assert.IsNotNull(memo.Recall(A));
        Assert.IsNotNull(memo.Recall(B));
    }

    [TestMethod]
    public void Remember_Diverged_TakesSpaceToo()
    {
        var memo = new RetrainMemo(1000);
        for (int row = 0; row < 100; row++) memo.Remember(new FlipSet([row]), new Retrain(null, "diverged", default));
        Assert.IsInRange(1, 5, Enumerable.Range(0, 100).Count(row => memo.Recall(new FlipSet([row])) is not null));
        Assert.IsNotNull(memo.Recall(new FlipSet([99])));
    }

    [TestMethod]
    public void Clear_Memo_HasRoomAgain()
    {
        var memo = new RetrainMemo(3000);
        memo.Remember(A, Answered(250));
        memo.Remember(B, Answered(250));
        memo.Clear();
        Assert.IsNull(memo.Recall(A));
        memo.Remember(A, Answered(250));
        memo.Remember(C, Answered(250));
        Assert.IsNotNull(memo.Recall(A));
        Assert.IsNotNull(memo.Recall(C));
    }

    private static Retrain Answered(int rows) => new(new Answer(new float[rows]), null, TimeSpan.FromMilliseconds(rows));
}
