using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Tests.Search;

/// <summary>The schedules that work with predicted shifts, on a learner whose shifts are known.</summary>
[TestClass]
public sealed class PredictedScheduleTests
{
    private const int Candidates = 12, Budget = 8;

    [TestMethod]
    public void Predicted_ExactForecast_IsFoundAtTheFirstAttempt()
    {
        // Every flip shifts by 0.3; f(x) = 1 needs four.
        var search = Run(score: 1, predicted: 0.3f, real: 0.3f);
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.AreEqual(1, search.AttemptsMade);
        Assert.AreEqual(4, search.Flips.Count);
        Assert.AreEqual(1.2f, search.PredictedShift, 1e-5f);
    }

    [TestMethod]
    public void Predicted_ForecastTwiceTooLarge_IsCorrectedByTheMeasuredShift()
    {
        // Predicted 0.3 a flip, real 0.15: four are tried and give 0.6; the secant asks for seven.
        var search = Run(score: 1, predicted: 0.3f, real: 0.15f);
        Assert.AreEqual(CounterfactualOutcome.Found, search.Outcome);
        Assert.AreEqual(2, search.AttemptsMade);
        Assert.AreEqual(7, search.Flips.Count);
    }

    [TestMethod]
    public void Predicted_BudgetFarFromEnough_GivesUpAfterMeasuringIt()
    {
        var search = Run(score: 5, predicted: 0.1f, real: 0.1f);
        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, search.Outcome);
        Assert.AreEqual(1, search.AttemptsMade);
    }

    [TestMethod]
    public void Predicted_JustShortOfEnough_TriesSetsFurtherDown()
    {
        var search = Run(score: 1, predicted: 0.125f, real: 0.12f);
        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, search.Outcome);
        Assert.AreEqual(1 + (Candidates - Budget), search.AttemptsMade);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Adaptive_SingleFlips_SharesEveryRetrainAndStopsWhenNothingIsWorthIt(int workers)
    {
        // Candidate 2 turns over all five rows, and the forecast says so; nothing else does anything.
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(2) ? -1 : feature);
        using var pool = new RetrainPool(learner, workers, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        float[] shifts = [.. candidates.Select(candidate => candidate == 2 ? 2f : 0f)];
        RowSearch[] searches = [.. Enumerable.Range(1, 5).Select(row => Adaptive(row * 0.2f, candidates, shifts))];
        var adaptive = new AdaptiveSearch(pool, budget: 1, maxRetrains: null);
        adaptive.Run(searches, null, CancellationToken.None);
        Assert.IsTrue(searches.All(search => search.Outcome == CounterfactualOutcome.Found));
        Assert.IsTrue(searches.All(search => search.RetrainsUntilFound == 1));
        Assert.AreEqual(1, adaptive.UniqueRetrains);
        Assert.HasCount(1, learner.Trained);
    }

    [TestMethod]
    public void Adaptive_Sets_AsksAllRowsOfTheSameCandidates()
    {
        // Each flip shifts every row by 0.25: three rows need 1, 2 and 4 of them, and the largest set settles all.
        var learner = new FakeLearner((flips, feature) => feature - (0.25f * flips.Count));
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        float[] shifts = [.. candidates.Select(candidate => 0.25f - (0.001f * candidate))];
        RowSearch[] searches = [.. new[] { 0.2f, 0.45f, 0.95f }.Select(score => Adaptive(score, candidates, shifts))];
        var adaptive = new AdaptiveSearch(pool, Budget, maxRetrains: null);
        adaptive.Run(searches, null, CancellationToken.None);
        Assert.IsTrue(searches.All(search => search.Outcome == CounterfactualOutcome.Found));
        Assert.IsLessThanOrEqualTo(4, adaptive.UniqueRetrains);
    }

    [TestMethod]
    public void Adaptive_MaxRetrains_IsKept()
    {
        var learner = new FakeLearner((_, feature) => feature);
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        RowSearch[] searches = [Adaptive(1, candidates, [.. candidates.Select(_ => 2f)])];
        var adaptive = new AdaptiveSearch(pool, budget: 1, maxRetrains: 5);
        adaptive.Run(searches, null, CancellationToken.None);
        Assert.AreEqual(5, adaptive.UniqueRetrains);
        Assert.AreEqual(CounterfactualOutcome.NotFoundWithinBudget, searches[0].Outcome);
    }

    [TestMethod]
    public void Adaptive_Cancelled_KeepsFinishedRows()
    {
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(0) && feature < 0.5f ? -1 : feature)
        {
            During = (flips, _) =>
            {
                if (flips.Rows.Contains(5)) source.Cancel();
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        float[] shifts = [.. candidates.Select(candidate => 2f - (0.1f * candidate))];
        RowSearch[] searches = [Adaptive(0.2f, candidates, shifts), Adaptive(1, candidates, shifts)];
        new AdaptiveSearch(pool, budget: 1, maxRetrains: null).Run(searches, null, source.Token);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[0].Outcome);
        Assert.AreEqual(CounterfactualOutcome.Cancelled, searches[1].Outcome);
    }

    [TestMethod]
    [DataRow(Schedule.Predicted)]
    [DataRow(Schedule.Adaptive())]
    public void Validate_RankingWithoutShifts_NamesTheRemedy(Schedule schedule)
    {
        var options = new Cfd.MLNet.AuditOptions
        {
            ProtectedColumnName = "Sex",
            Schedule = schedule,
            Ranking = Ranking.Combined(),
        };
        var failure = Assert.ThrowsExactly<ArgumentException>(options.Validate);
        Assert.Contains("Trajectory", failure.Message);
    }

    private static RowSearch Run(float score, float predicted, float real)
    {
        var learner = new FakeLearner((flips, feature) => feature - (real * flips.Count));
        using var pool = new RetrainPool(learner, 4, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        var forecast = new RowForecast(score, candidates, [.. candidates.Select(_ => predicted)], [], null);
        var attempts = new PredictedAttempts(forecast, candidates, candidates, Budget, score);
        var search = RowSearch.Over([score], -1, score, candidates, PredictedAttempts.AtMost, attempts, "", forecast);
        new SearchRounds(pool).Run([search], null, CancellationToken.None);
        return search;
    }

    private static RowSearch Adaptive(float score, int[] candidates, float[] shifts) => RowSearch.Over(
        [score], -1, score, candidates, Candidates, new ListedAttempts([]), "", new RowForecast(score, candidates, shifts, [], null));
}
