using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Tests.Search;

/// <summary>Many rows searched together, with a learner whose answers are known.</summary>
[TestClass]
public sealed class SearchRoundsTests
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
        var rounds = new SearchRounds(pool);
        rounds.Run(searches, null, CancellationToken.None);
        for (int row = 0; row < 4; row++)
        {
            Assert.AreEqual(CounterfactualOutcome.Found, searches[row].Outcome);
            Assert.AreEqual(row + 1, searches[row].AttemptsMade);
            CollectionAssert.AreEqual(new[] { row }, searches[row].Flips.Rows.ToArray());
            Assert.AreEqual(-1, searches[row].CounterfactualScore);
        }

        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, searches[5].Outcome);
        Assert.AreEqual(4, searches[5].AttemptsMade);
        Assert.IsTrue(float.IsNaN(searches[5].CounterfactualScore));
        Assert.AreEqual(4, rounds.UniqueRetrains, "singles 0 to 3, shared by all rows, whatever the number of workers");
    }

    [TestMethod]
    public void Run_SharedAttempts_TrainEachOnce()
    {
        var learner = new FakeLearner((_, _) => 1);
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        new SearchRounds(pool).Run([.. Enumerable.Range(0, 30).Select(row => Search(row, attempts: 5))], null, CancellationToken.None);
        Assert.HasCount(5, learner.Trained);
    }

    [TestMethod]
    public void Run_LogitOfExactlyZero_IsTheNegativeDecision()
    {
        var learner = new FakeLearner((_, _) => 0);
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        var positive = RowSearch.Over([0], -1, 1, [0], 1, new ListedAttempts([new FlipSet([0])]), "");
        var negative = RowSearch.Over([0], -1, -1, [0], 1, new ListedAttempts([new FlipSet([0])]), "");
        new SearchRounds(pool).Run([positive, negative], null, CancellationToken.None);
        Assert.AreEqual(CounterfactualOutcome.Found, positive.Outcome);
        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, negative.Outcome);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Run_Harvest_AsksOtherRowsThatAdmitTheFlips(bool harvests)
    {
        // Label 0 decides rows 0 to 3; only row 0 tries it first, and row 3 does not admit it.
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(0) && feature < 3 ? -1 : 1);
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        RowSearch[] searches = [.. Enumerable.Range(0, 4).Select(row => RowSearch.Over(
            [row], -1, 1, row == 3 ? [1, 2] : [0, 1, 2], 3, new ListedAttempts([new FlipSet([row % 3])]), ""))];
        var rounds = new SearchRounds(pool, harvests);
        rounds.Run(searches, null, CancellationToken.None);
        Assert.AreEqual(harvests ? 3 : 1, searches.Count(search => search.Outcome == CounterfactualOutcome.Found));
        Assert.AreEqual(harvests ? 2 : 0, searches.Count(search => search.IsHarvested));
        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, searches[3].Outcome);
    }

    [TestMethod]
    public void Run_DivergedRetrain_FailsTheRowThatNeedsIt()
    {
        var learner = new FakeLearner((_, _) => 1)
        {
            During = (flips, _) =>
            {
                if (flips.Rows.Contains(1)) throw new TrainingDivergedException("diverged");
            },
        };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        var needs = Search(9, attempts: 3);
        var other = RowSearch.Over([9], -1, 1, [0, 2], 2, new ListedAttempts([new FlipSet([0]), new FlipSet([2])]), "");
        new SearchRounds(pool).Run([needs, other], null, CancellationToken.None);
        Assert.AreEqual(CounterfactualOutcome.Failed, needs.Outcome);
        Assert.AreEqual("diverged", needs.Reason);
        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, other.Outcome);
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
        new SearchRounds(pool).Run(searches, null, source.Token);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[0].Outcome);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[1].Outcome);
        Assert.IsTrue(searches.Skip(3).All(search => search.Outcome == CounterfactualOutcome.Cancelled));
    }

    private static RowSearch Search(int row, int attempts)
        => RowSearch.Over(
            [row], -1, 1, [.. Enumerable.Range(0, attempts)], attempts, new ListedAttempts(Enumerable.Range(0, attempts).Select(flip => new FlipSet([flip]))), "");
}
