using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>Whole searches under each schedule, attempt by attempt, with a learner whose answers are known.</summary>
[TestClass]
public sealed class ProtocolTests
{
    /// <summary>A ranking of 40 rows whose t-th is 100 - t, so that rank and row differ.</summary>
    private static readonly int[] Ranked = [.. Enumerable.Range(0, 40).Select(rank => 100 - rank)];

    [TestMethod]
    public void TopK_ThirdRankedRowDecides_TakesThreeAttempts()
    {
        var (search, trained) = Run(Schedule.TopK, budget: 5, flips => flips.Rows.Contains(98));
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.AreEqual("100|99,100|98,99,100", trained);
        Assert.AreEqual(3, search.AttemptsMade);
        CollectionAssert.AreEqual(new[] { 98, 99, 100 }, search.Flips.Rows.ToArray());
    }

    [TestMethod]
    public void TopK_RowBeyondTheBudgetDecides_IsNotFound()
    {
        var (search, trained) = Run(Schedule.TopK, budget: 3, flips => flips.Rows.Contains(97));
        Assert.AreEqual(CounterfactualOutcome.NotFound, search.Outcome);
        Assert.AreEqual("100|99,100|98,99,100", trained);
    }

    [TestMethod]
    public void SingleFlips_FourthRankedRowDecides_TriesFourRowsEachAlone()
    {
        var (search, trained) = Run(Schedule.SingleFlips, budget: 1, flips => flips.Rows.Contains(97));
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.AreEqual("100|99|98|97", trained);
        Assert.AreEqual(4, search.AttemptsMade);
    }

    [TestMethod]
    public void SingleFlips_RowBeyondTheTenthDecides_IsNotFoundButExhaustiveFindsIt()
    {
        Assert.AreEqual(CounterfactualOutcome.NotFound, Run(Schedule.SingleFlips, 1, flips => flips.Rows.Contains(96)).Search.Outcome);
        var search = Run(Schedule.Exhaustive, 1, flips => flips.Rows.Contains(96)).Search;
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.AreEqual(5, search.AttemptsMade);
    }

    [TestMethod]
    public void Exhaustive_NothingDecides_TriesAllInRankedOrder()
    {
        var (search, trained) = Run(Schedule.Exhaustive, budget: 1, _ => false);
        Assert.AreEqual(CounterfactualOutcome.NotFound, search.Outcome);
        Assert.AreEqual(string.Join('|', Ranked), trained);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 11)]
    [DataRow(4, 31)]
    public void SampledTopK_TheTopKDecide_IsFoundAtTheFirstAttemptOfThatSize(int size, int attempt)
    {
        var top = new FlipSet(Ranked.AsSpan(0, size));
        var (search, trained) = Run(Schedule.SampledTopK(), budget: 4, flips => flips.Equals(top));
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.AreEqual(attempt, search.AttemptsMade);
        Assert.HasCount(attempt, trained.Split('|'));
    }

    [TestMethod]
    public void SampledTopK_ADrawDecides_IsFoundAmongTheNineDrawsOfItsSize()
    {
        var (search, _) = Run(Schedule.SampledTopK(), budget: 4, flips => flips.Count == 3 && !flips.Rows.Contains(100));
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.IsInRange(22, 30, search.AttemptsMade);
    }

    [TestMethod]
    public void Run_AnotherRowsRetrainWouldDecide_DoesNotCountForThisRow()
    {
        // Flipping 50 turns both rows over, but only the first row's ranking holds it: each row lives on its own attempts.
        var learner = new FakeLearner((flips, _) => flips.Rows.Contains(50) ? -1 : 1);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var (with, without) = (Search([50, 60], 20), Search([60, 70], 20));
        Searches.Run(pool, [with, without], Schedule.SingleFlips, budget: 1);
        Assert.AreEqual(CounterfactualOutcome.Found, with.Outcome);
        Assert.AreEqual(1, with.AttemptsMade);
        Assert.AreEqual(CounterfactualOutcome.NotFound, without.Outcome);
        Assert.AreEqual(2, without.AttemptsMade);
    }

    /// <summary>One row's search by one worker, and the flip sets trained, in order.</summary>
    private static (RowSearch Search, string Trained) Run(Schedule schedule, int budget, Func<FlipSet, bool> decides)
    {
        var learner = new FakeLearner((flips, _) => decides(flips) ? -1 : 1);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var search = Search(Ranked, Ranked.Length);
        Searches.Run(pool, [search], schedule, budget);
        return (search, string.Join('|', learner.Trained.Select(flips => string.Join(',', flips.Rows.ToArray()))));
    }

    private static RowSearch Search(int[] ranking, int candidates) => new(FakeLearner.NoFeatures, 0, 1)
    {
        CandidateRows = [.. Enumerable.Range(0, candidates)],
        Ranking = ranking,
        DrawSeed = 1,
    };
}
