using Cfd.MLNet.Common;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>The schedules, attempt by attempt.</summary>
[TestClass]
public sealed class ScheduleTests
{
    /// <summary>A ranking whose t-th row is 100 - t, so that rank and row differ.</summary>
    private static int[] Ranking(int count) => [.. Enumerable.Range(0, count).Select(rank => 100 - rank)];

    private static List<int[]> Run(Schedule schedule, int candidates, int budget, ulong seed = 1)
    {
        var ranking = Ranking(schedule.RankedRowsNeeded(candidates, budget));
        List<int[]> attempts = [.. ((ListedSchedule)schedule).Attempts(ranking, candidates, budget, new SeededRandom(seed)).Select(flips => flips.Rows.ToArray())];
        Assert.HasCount(schedule.AttemptsAtMost(candidates, budget), attempts);
        return attempts;
    }

    [TestMethod]
    public void TopK_Budget_FlipsTheTopOneThenTwoThenThree()
    {
        var attempts = Run(Schedule.TopK, candidates: 50, budget: 3);
        Assert.HasCount(3, attempts);
        CollectionAssert.AreEqual(new[] { 100 }, attempts[0]);
        CollectionAssert.AreEqual(new[] { 99, 100 }, attempts[1]);
        CollectionAssert.AreEqual(new[] { 98, 99, 100 }, attempts[2]);
    }

    [TestMethod]
    public void TopK_FewerCandidatesThanBudget_StopsAtAll()
        => Assert.HasCount(2, Run(Schedule.TopK, candidates: 2, budget: 9));

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(9, 1)]
    [DataRow(19, 1)]
    [DataRow(20, 2)]
    [DataRow(267, 26)]
    public void SingleFlips_Candidates_TriesATenthOneByOne(int candidates, int expected)
    {
        var attempts = Run(Schedule.SingleFlips, candidates, budget: 1);
        Assert.HasCount(expected, attempts);
        for (int t = 0; t < attempts.Count; t++) CollectionAssert.AreEqual(new[] { 100 - t }, attempts[t]);
    }

    [TestMethod]
    public void Exhaustive_Candidates_TriesEveryOneOnce()
        => CollectionAssert.AreEqual(Ranking(37), Run(Schedule.Exhaustive, 37, 1).Select(attempt => attempt.Single()).ToArray());

    [TestMethod]
    public void SampledTopK_EachSize_TriesTheTopThenNineDistinctDraws()
    {
        var attempts = Run(Schedule.SampledTopK(), candidates: 90, budget: 4);
        Assert.HasCount(40, attempts);
        int[] pools = [11, 6, 6, 8]; // a k for the smallest a with more than 10 subsets: 11x1, 3x2, 2x3, 2x4
        for (int k = 1; k <= 4; k++)
        {
            var ofSize = attempts.Skip((k - 1) * 10).Take(10).ToList();
            Assert.IsTrue(ofSize.All(attempt => attempt.Length == k));
            CollectionAssert.AreEqual(Ranking(k).Order().ToArray(), ofSize[0], "the top k first");
            Assert.HasCount(10, ofSize.Select(attempt => string.Join(',', attempt)).Distinct(), "distinct from each other");
            Assert.IsTrue(ofSize.SelectMany(attempt => attempt).All(row => row > 100 - pools[k - 1]), $"from the top {pools[k - 1]}");
        }
    }

    [TestMethod]
    public void SampledTopK_SmallPool_TriesEachSubsetOnce()
    {
        var attempts = Run(Schedule.SampledTopK(), candidates: 3, budget: 5);
        Assert.AreEqual("100|99|98", string.Join('|', attempts.Take(3).Select(a => string.Join(',', a)).OrderDescending(StringComparer.Ordinal).OrderByDescending(int.Parse)));
        Assert.HasCount(3 + 3 + 1, attempts, "3 singles, 3 pairs, 1 triple");
        Assert.HasCount(7, attempts.Select(attempt => string.Join(',', attempt)).Distinct());
    }

    [TestMethod]
    public void SampledTopK_Seeds_DecideTheDraws()
    {
        static string Text(List<int[]> attempts) => string.Join('|', attempts.Select(a => string.Join(',', a)));
        Assert.AreEqual(Text(Run(Schedule.SampledTopK(), 90, 4)), Text(Run(Schedule.SampledTopK(), 90, 4)));
        Assert.AreNotEqual(Text(Run(Schedule.SampledTopK(), 90, 4)), Text(Run(Schedule.SampledTopK(), 90, 4, seed: 2)));
    }

    [TestMethod]
    public void RankedRowsNeeded_Schedules_LookNoFurtherThanTheyFlip()
    {
        Assert.AreEqual(28, Schedule.TopK.RankedRowsNeeded(5000, 28));
        Assert.AreEqual(500, Schedule.SingleFlips.RankedRowsNeeded(5000, 1));
        Assert.AreEqual(56, Schedule.SampledTopK().RankedRowsNeeded(5000, 28));
        Assert.AreEqual(5000, Schedule.Exhaustive.RankedRowsNeeded(5000, 1));
    }

    [TestMethod]
    public void SampledTopK_LargeBudget_CountsWithoutOverflow()
        => Assert.AreEqual(10 * 4999 + 1, Schedule.SampledTopK().AttemptsAtMost(candidates: 5000, budget: 5000));

    [TestMethod]
    [DataRow(2, 2)]
    [DataRow(5, 5)]
    [DataRow(25, 25)]
    public void SampledTopK_Draws_AreTheAttemptsOfEachSize(int draws, int ofEachSize)
    {
        var attempts = Run(Schedule.SampledTopK(draws), candidates: 90, budget: 3);
        CollectionAssert.AreEqual(new[] { ofEachSize, ofEachSize, ofEachSize }, attempts.CountBy(attempt => attempt.Length).Select(size => size.Value).ToArray());
    }

    [TestMethod]
    public void Schedule_ParametersOutOfRange_AreRefusedWhereTheyAreWritten()
    {
        Assert.Contains("draws is 1; allowed is 2 to 1000", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Schedule.SampledTopK(1)).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Schedule.SampledTopK(1001));
        Assert.Contains("maxRetrains is 0", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Schedule.Adaptive(0)).Message);
        Assert.Contains("window is 0; allowed is 1 to 10000", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Schedule.Adaptive(window: 0)).Message);
    }

    [TestMethod]
    public void Schedule_SameParameters_AreEqualAndSayTheirNames()
    {
        Assert.AreEqual(Schedule.SampledTopK(7), Schedule.SampledTopK(7));
        Assert.AreNotEqual(Schedule.SampledTopK(7), Schedule.SampledTopK(8));
        Assert.AreEqual("TopK", Schedule.TopK.ToString());
        Assert.AreEqual("SampledTopK(Draws: 10)", Schedule.SampledTopK().ToString());
        Assert.AreEqual("Adaptive(Window: 8)", Schedule.Adaptive().ToString());
        Assert.AreEqual("Adaptive(MaxRetrains: 100, Window: 16)", Schedule.Adaptive(100, 16).ToString());
    }

    [TestMethod]
    public void FlipSet_SameRowsInAnyOrder_AreEqual()
    {
        Assert.AreEqual(new FlipSet([3, 1, 2]), new FlipSet([1, 2, 3]));
        Assert.AreEqual(new FlipSet([3, 1, 2]).GetHashCode(), new FlipSet([1, 2, 3]).GetHashCode());
        Assert.AreNotEqual(new FlipSet([1, 2]), new FlipSet([1, 2, 3]));
        Assert.ThrowsExactly<ArgumentException>(() => new FlipSet([1, 1]));
    }

    [TestMethod]
    [DataRow(0.001, 600, 1)]
    [DataRow(0.001, 27132, 28)]
    [DataRow(0.001, 18000, 18)]
    [DataRow(0.001, 18292, 19)]
    [DataRow(0.001, 3702, 4)]
    [DataRow(1.0, 30, 30)]
    public void FlipBudget_Share_IsRoundedUp(double share, int rows, int expected)
        => Assert.AreEqual(expected, FlipBudget.OfShare(share).For(rows));

    [TestMethod]
    public void FlipBudget_OutOfRange_IsRefused()
    {
        Assert.Contains("allowed is 1 to", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlipBudget.OfRows(0)).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlipBudget.OfRows(-3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlipBudget.OfShare(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlipBudget.OfShare(1.1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlipBudget.OfShare(double.NaN));
        Assert.Contains("allowed is 1 to 30", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlipBudget.OfRows(31).For(30)).Message);
    }
}
