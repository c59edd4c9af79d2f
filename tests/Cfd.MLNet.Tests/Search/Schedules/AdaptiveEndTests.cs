using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>Where the adaptive schedule ends, if forecasts go on promising what does not come.</summary>
[TestClass]
public sealed class AdaptiveEndTests
{
    private const int PerRow = 30, Budget = 3;

    private static readonly int PerRowAtMost = FlipSetClass.Proposals(Rows(1)[0]);

    /// <summary>Rows that share no candidate: each set tried is of one row.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(40)]
    public void Run_NothingTurns_TriesAFewSetsOfEachRow(int rows)
    {
        var searches = Run(rows, turned: -1, out int retrains);
        Assert.AreEqual(rows * PerRowAtMost, retrains);
        foreach (var search in searches)
        {
            Assert.AreEqual(CounterfactualOutcome.NotFound, search.Outcome);
            Assert.AreEqual(PerRowAtMost, search.AttemptsMade);
            Assert.IsGreaterThan(0, search.UntriedChance, "the sets left untried still have their chance");
        }
    }

    [TestMethod]
    public void Run_OneRowTurns_DoesNotProposeAnyMore()
    {
        var searches = Run(rows: 40, turned: 7, out int retrains);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[7].Outcome);
        Assert.IsLessThan(40 * PerRowAtMost, retrains);
    }

    [TestMethod]
    public void RetrainsAtMost_Sets_IsAFewOfEachRow()
    {
        RowSearch[] rows = Rows(40);
        Assert.AreEqual(40 * PerRowAtMost, Schedule.Adaptive().RetrainsAtMost(rows, Searches.Plan(Schedule.Adaptive(), Budget)));
        Assert.AreEqual(40 * PerRow, Schedule.Adaptive().RetrainsAtMost(rows, Searches.Plan(Schedule.Adaptive(), budget: 1)));
    }

    [TestMethod]
    [DataRow(2, 3, 3)]
    [DataRow(3, 2, 6)]
    [DataRow(3, 1, 3)]
    public void RetrainsAtMost_FewLabels_IsAllTheirSets(int candidates, int budget, int sets)
    {
        RowSearch[] rows = [Searches.Predicted(0, score: -1, [.. Enumerable.Range(0, candidates)], new float[candidates])];
        Assert.AreEqual(sets, Schedule.Adaptive().RetrainsAtMost(rows, Searches.Plan(Schedule.Adaptive(), budget)));
        Assert.IsLessThanOrEqualTo(sets, Tally(rows, Schedule.Adaptive(), budget, (_, _) => -1).Distinct);
    }

    [TestMethod]
    public void RetrainsAtMost_RowsThatShareLabels_CountsEachOnce()
    {
        int[] shared = [1, 2, 3];
        RowSearch[] rows = [Searches.Predicted(0, -1, shared, new float[3]), Searches.Predicted(1, -1, shared, new float[3]), Searches.Predicted(2, -1, [3, 4], new float[2])];
        Assert.AreEqual(4, Schedule.Adaptive().RetrainsAtMost(rows, Searches.Plan(Schedule.Adaptive(), budget: 1)));
    }

    /// <summary>A row whose labels are all tried leaves none, and gains as little as others whose forecasts see no chance at all.</summary>
    [TestMethod]
    public void Run_FewSingleLabelsWithoutAChance_TriesAllOfThem()
    {
        RowSearch[] rows = [.. Enumerable.Range(0, 8).Select(row => Searches.Predicted(row, -1, [.. Enumerable.Range(row * 10, 2 + row)], [.. Enumerable.Repeat(-1e6f, 2 + row)]))];
        Tally(rows, Schedule.Adaptive(), budget: 1, (_, _) => -1);
        foreach (var row in rows)
        {
            Assert.AreEqual(CounterfactualOutcome.NotFound, row.Outcome);
            Assert.AreEqual(row.Candidates, row.AttemptsMade, $"of row {row.Position}");
        }
    }

    /// <summary>No forecast is believed before it was held against some retrains, whatever the budget.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(Budget)]
    public void Run_ForecastsThatSeeNoChance_AreHeldAgainstRetrains(int budget)
    {
        RowSearch[] rows = [.. Enumerable.Range(0, 20).Select(row => Searches.Predicted(row, -1, [.. Enumerable.Range(row * 10, 10)], [.. Enumerable.Repeat(-1e6f, 10)]))];
        Assert.IsGreaterThanOrEqualTo(8, Tally(rows, Schedule.Adaptive(), budget, (_, _) => -1).Distinct);
    }

    [TestMethod]
    public void Run_LimitReachedByOtherRows_IsNoReasonOfThoseThatHadTheirSets()
    {
        var likely = Searches.Predicted(0, -1, [.. Enumerable.Range(0, PerRow)], [.. Enumerable.Repeat(0.9f, PerRow)]);
        var unlikely = Searches.Predicted(1, -1, [.. Enumerable.Range(100, PerRow)], [.. Enumerable.Repeat(0.25f, PerRow)]);
        Tally([likely, unlikely], Schedule.Adaptive(maxRetrains: PerRowAtMost + 3, window: 1), Budget, (_, row) => row == 0 ? -0.1f : -0.5f);
        var (done, heldUp) = likely.AttemptsMade == PerRowAtMost ? (likely, unlikely) : (unlikely, likely);
        Assert.AreEqual(PerRowAtMost, done.AttemptsMade);
        Assert.AreEqual((CounterfactualOutcome.NotFound, CounterfactualOutcome.NotReached), (done.Outcome, heldUp.Outcome));
    }

    /// <summary>What another row has tried is answered already: a row goes on with sets of its own.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(8)]
    public void Run_RowsThatShareMostLabels_EachHasItsProposals(int window)
    {
        float[] shifts = [.. Enumerable.Range(0, PerRow).Select(candidate => 0.5f - (0.001f * candidate))];
        RowSearch[] rows = [Searches.Predicted(0, -1, [.. Enumerable.Range(0, PerRow)], shifts), Searches.Predicted(1, -1, [.. Enumerable.Range(0, PerRow - 1), 99], shifts)];
        Tally(rows, Schedule.Adaptive(window: window), Budget, (_, _) => -0.1f);
        foreach (var row in rows) Assert.IsGreaterThanOrEqualTo(PerRowAtMost, row.AttemptsMade, $"of row {row.Position}");
    }

    [TestMethod]
    public void Run_LimitThatKeptNothingBack_IsNoReason()
    {
        RowSearch[] Three() => [Searches.Predicted(0, -1, [0, 1, 2], [0.5f, 0.4f, 0.3f])];
        RowSearch[] enough = Three(), tooFew = Three();
        Assert.AreEqual(3, Tally(enough, Schedule.Adaptive(maxRetrains: 3), budget: 1, (_, _) => -1).Distinct);
        Tally(tooFew, Schedule.Adaptive(maxRetrains: 2), budget: 1, (_, _) => -1);
        Assert.AreEqual(CounterfactualOutcome.NotFound, enough[0].Outcome);
        Assert.AreEqual(CounterfactualOutcome.NotReached, tooFew[0].Outcome);
        Assert.AreEqual("the limit of 2 retrains was reached", tooFew[0].Reason);
    }

    [TestMethod]
    public void Run_FoundWhileOthersAreUnderWay_CountsTheseAsUnused()
    {
        RowSearch[] rows = Rows(1);
        var tally = Tally(rows, Schedule.Adaptive(window: 8), budget: 1, (_, _) => 1);
        Assert.AreEqual(1, rows[0].AttemptsMade);
        Assert.IsGreaterThan(0, tally.Unused);
        Assert.AreEqual(tally.Distinct - 1, tally.Unused);
    }

    [TestMethod]
    public void Run_SeveralWanted_ProposesSetsOfLabelsNotFoundYet()
    {
        var (like, rows) = (Rows(1)[0], new RowSearch[1]);
        rows[0] = new RowSearch(FakeLearner.NoFeatures, 0, -1) { CandidateRows = like.CandidateRows, AttemptsAtMost = PerRow, Forecast = like.Forecast, Terms = new SearchTerms(3, null) };
        var tally = Tally(rows, Schedule.Adaptive(window: 1), Budget, (flips, _) => flips.Rows.Length >= 2 ? 1 : -1);
        Assert.HasCount(3, rows[0].Found);
        Assert.AreEqual(0, tally.Unused, "no set was tried that is a found one and more");
        CollectionAssert.AllItemsAreUnique(rows[0].Found.SelectMany(found => found.Flips.Rows.ToArray()).ToArray());
    }

    private static RowSearch[] Rows(int rows) =>
    [
        .. Enumerable.Range(0, rows).Select(row => Searches.Predicted(
            row, score: -1, [.. Enumerable.Range(row * PerRow, PerRow)], [.. Enumerable.Range(0, PerRow).Select(candidate => 0.5f - (0.001f * candidate))])),
    ];

    /// <summary>Every flip set nearly turns the row that admits it, as its forecast was; one row's sets do.</summary>
    private static RowSearch[] Run(int rows, int turned, out int retrains)
    {
        var searches = Rows(rows);
        retrains = Tally(searches, Schedule.Adaptive(), Budget, (_, row) => row == turned ? 1 : -0.1f).Distinct;
        return searches;
    }

    private static RetrainTally Tally(RowSearch[] searches, Schedule schedule, int budget, Func<FlipSet, float, float> logit)
    {
        var learner = new FakeLearner(logit) { Rows = [.. Enumerable.Range(0, searches.Length).Select(row => (float)row)] };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        return Searches.Run(pool, searches, schedule, budget).Tally;
    }
}
