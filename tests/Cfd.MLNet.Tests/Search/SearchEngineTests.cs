using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search;

/// <summary>Many rows searched together, with a learner whose answers are known.</summary>
[TestClass]
public sealed class SearchEngineTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(16)]
    public void Run_RowsWithKnownAnswers_FindsTheFirstAttemptThatChangesTheDecision(int workers)
    {
        // Row r (feature r) is decided otherwise as soon as label r is flipped: attempt r + 1 of singles 0, 1, 2…
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains((int)feature) ? -1 : 1);
        using var pool = new RetrainPool(learner, workers, 1 << 20);
        var searches = Enumerable.Range(0, 6).Select(row => Search(row, attempts: 4)).ToArray();
        var engine = Searches.RunSingles(pool, searches);
        for (int row = 0; row < 4; row++)
        {
            Assert.AreEqual(CounterfactualOutcome.Found, searches[row].Outcome);
            Assert.AreEqual(row + 1, searches[row].AttemptsMade);
            CollectionAssert.AreEqual(new[] { row }, searches[row].Flips.Rows.ToArray());
            Assert.AreEqual(-1, searches[row].CounterfactualScore);
        }

        Assert.AreEqual(CounterfactualOutcome.NotFound, searches[5].Outcome);
        Assert.AreEqual(4, searches[5].AttemptsMade);
        Assert.IsTrue(float.IsNaN(searches[5].CounterfactualScore));
        Assert.AreEqual(4, engine.Tally.Distinct, "singles 0 to 3, shared by all rows, whatever the number of workers");
    }

    [TestMethod]
    public void Run_SharedAttempts_TrainEachOnce()
    {
        var learner = new FakeLearner((_, _) => 1);
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        Searches.RunSingles(pool, [.. Enumerable.Range(0, 30).Select(row => Search(row, attempts: 5))]);
        Assert.HasCount(5, learner.Trained);
    }

    [TestMethod]
    public void Run_LogitOfExactlyZero_IsTheNegativeDecision()
    {
        var learner = new FakeLearner((_, _) => 0);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        RowSearch positive = Searches.OfSingles(0, 1, [0], 0), negative = Searches.OfSingles(0, -1, [0], 0);
        Searches.RunSingles(pool, [positive, negative]);
        Assert.AreEqual(CounterfactualOutcome.Found, positive.Outcome);
        Assert.AreEqual(CounterfactualOutcome.NotFound, negative.Outcome);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Run_Harvest_AsksOtherRowsThatAdmitTheFlips(bool harvests)
    {
        // Label 0 decides rows 0 to 3; only row 0 tries it first, and row 3 does not admit it.
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(0) && feature < 3 ? -1 : 1);
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        RowSearch[] searches = [.. Enumerable.Range(0, 4).Select(row => Searches.OfSingles(row, 1, row == 3 ? [1, 2] : [0, 1, 2], row == 3 ? 1 : row))];
        Searches.RunSingles(pool, searches, harvests);
        Assert.AreEqual(harvests ? 3 : 1, searches.Count(search => search.Outcome == CounterfactualOutcome.Found));
        Assert.AreEqual(harvests ? 2 : 0, searches.Count(search => search.IsHarvested));
        Assert.AreEqual(CounterfactualOutcome.NotFound, searches[3].Outcome);
    }

    [TestMethod]
    public void Run_DivergedRetrain_IsSpentAndTheRowGoesOn()
    {
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(2) && feature == 9 ? -1 : 1) { During = DivergeOnRow1 };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        RowSearch needs = Search(9, attempts: 3), notFound = Search(8, attempts: 2), other = Searches.OfSingles(8, 1, [0, 2], 0, 2);
        var engine = Searches.RunSingles(pool, [needs, notFound, other]);
        Assert.AreEqual((CounterfactualOutcome.Found, 3), (needs.Outcome, needs.AttemptsMade));
        Assert.AreEqual((CounterfactualOutcome.NotFound, "", 2), (notFound.Outcome, notFound.Reason, notFound.AttemptsMade));
        Assert.AreEqual(CounterfactualOutcome.NotFound, other.Outcome);
        Assert.AreEqual((3, 1), (engine.Tally.Distinct, engine.Tally.Diverged));
    }

    [TestMethod]
    public void Run_NoAttemptAnswered_FailsTheRowAlone()
    {
        var learner = new FakeLearner((_, _) => 1) { During = DivergeOnRow1 };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        RowSearch needs = Searches.OfSingles(9, 1, [0, 1], 1), other = Search(8, attempts: 3);
        Searches.RunSingles(pool, [needs, other]);
        Assert.AreEqual((CounterfactualOutcome.Failed, "diverged"), (needs.Outcome, needs.Reason));
        Assert.AreEqual(CounterfactualOutcome.NotFound, other.Outcome);
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void Run_ScoreThatIsNoFiniteNumber_IsThatRowsFailureAlone(float score)
    {
        var learner = new FakeLearner((_, feature) => feature == 1 ? score : -1);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        RowSearch bad = Search(1, attempts: 2), good = Search(2, attempts: 2);
        var engine = Searches.RunSingles(pool, [bad, good]);
        Assert.AreEqual((CounterfactualOutcome.Failed, 2), (bad.Outcome, bad.AttemptsMade));
        Assert.Contains("no finite number", bad.Reason);
        Assert.AreEqual(CounterfactualOutcome.Found, good.Outcome);
        Assert.AreEqual(0, engine.Tally.Diverged, "the retrains themselves came to an end");
    }

    [TestMethod]
    public void Run_Cancelled_KeepsFinishedRows()
    {
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains((int)feature) ? -1 : 1)
        {
            During = (flips, _) =>
            {
                if (flips.Rows[0] == 2) source.Cancel();
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var searches = Enumerable.Range(0, 6).Select(row => Search(row, attempts: 6)).ToArray();
        Searches.RunSingles(pool, searches, cancellationToken: source.Token);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[0].Outcome);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[1].Outcome);
        Assert.IsTrue(searches.Skip(3).All(search => search.Outcome == CounterfactualOutcome.NotReached));
    }

    private static void DivergeOnRow1(FlipSet flips, CancellationToken cancellationToken)
    {
        if (flips.Rows.Contains(1)) throw new TrainingDivergedException("diverged");
    }

    private static RowSearch Search(int row, int attempts) => Searches.OfSingles(row, 1, [.. Enumerable.Range(0, attempts)], [.. Enumerable.Range(0, attempts)]);
}
