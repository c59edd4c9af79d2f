using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>Where the adaptive schedule ends, if forecasts go on promising what does not come.</summary>
[TestClass]
public sealed class AdaptiveEndTests
{
    private const int PerRow = 30, Budget = 3, PerRowAtMost = FlipSetClass.ProposalsPerRow;

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

    private static RowSearch[] Rows(int rows) =>
    [
        .. Enumerable.Range(0, rows).Select(row => Searches.Predicted(
            row, score: -1, [.. Enumerable.Range(row * PerRow, PerRow)], [.. Enumerable.Range(0, PerRow).Select(candidate => 0.5f - (0.001f * candidate))])),
    ];

    /// <summary>Every flip set nearly turns the row that admits it, as its forecast was; one row's sets do.</summary>
    private static RowSearch[] Run(int rows, int turned, out int retrains)
    {
        var searches = Rows(rows);
        var learner = new FakeLearner((_, row) => row == turned ? 1 : -0.1f) { Rows = [.. Enumerable.Range(0, rows).Select(row => (float)row)] };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        retrains = Searches.Run(pool, searches, Schedule.Adaptive(), Budget).Tally.Distinct;
        return searches;
    }
}
