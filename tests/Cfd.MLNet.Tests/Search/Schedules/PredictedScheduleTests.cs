using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search.Schedules;

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
        Assert.AreEqual(CounterfactualOutcome.NotFound, search.Outcome);
        Assert.AreEqual(1, search.AttemptsMade);
    }

    [TestMethod]
    public void Predicted_JustShortOfEnough_TriesSetsFurtherDown()
    {
        var search = Run(score: 1, predicted: 0.125f, real: 0.12f);
        Assert.AreEqual(CounterfactualOutcome.NotFound, search.Outcome);
        Assert.AreEqual(1 + (Candidates - Budget), search.AttemptsMade);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Adaptive_SingleFlips_SharesEveryRetrainAndStopsWhenNothingIsWorthIt(int workers)
    {
        // Candidate 2 turns over all five rows, and the forecast says so; nothing else does anything.
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(2) ? -1 : feature) { Rows = [0.2f, 0.4f, 0.6f, 0.8f, 1] };
        using var pool = new RetrainPool(learner, workers, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        float[] shifts = [.. candidates.Select(candidate => candidate == 2 ? 2f : 0f)];
        RowSearch[] searches = [.. learner.Rows.Select((score, row) => Searches.Predicted(row, score, candidates, shifts))];
        var engine = Searches.Run(pool, searches, Schedule.Adaptive(), budget: 1);
        Assert.IsTrue(searches.All(search => search.Outcome == CounterfactualOutcome.Found));
        Assert.IsTrue(searches.All(search => search.RetrainsUntilFound == 1));
        Assert.AreEqual(AdaptiveSchedule.DefaultWindow, engine.Tally.Distinct, "one window");
    }

    [TestMethod]
    public void Adaptive_Sets_AsksAllRowsOfTheSameCandidates()
    {
        // Each flip shifts every row by 0.25: three rows need 1, 2 and 4 of them, and the largest set settles all.
        var learner = new FakeLearner((flips, feature) => feature - (0.25f * flips.Count)) { Rows = [0.2f, 0.45f, 0.95f] };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        float[] shifts = [.. candidates.Select(candidate => 0.25f - (0.001f * candidate))];
        RowSearch[] searches = [.. learner.Rows.Select((score, row) => Searches.Predicted(row, score, candidates, shifts))];
        var engine = Searches.Run(pool, searches, Schedule.Adaptive(), Budget);
        Assert.IsTrue(searches.All(search => search.Outcome == CounterfactualOutcome.Found));
        Assert.IsLessThanOrEqualTo(4, engine.Tally.Distinct);
    }

    [TestMethod]
    public void Adaptive_MaxRetrains_IsKept()
    {
        var learner = new FakeLearner((_, feature) => feature) { Rows = [1] };
        using var pool = new RetrainPool(learner, 2, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        RowSearch[] searches = [Searches.Predicted(0, 1, candidates, [.. candidates.Select(_ => 2f)])];
        var engine = Searches.Run(pool, searches, Schedule.Adaptive(maxRetrains: 5), budget: 1);
        Assert.AreEqual(5, engine.Tally.Distinct);
        Assert.AreEqual(CounterfactualOutcome.NotReached, searches[0].Outcome);
        Assert.Contains("limit of 5 retrains", searches[0].Reason);
    }

    [TestMethod]
    public void Adaptive_Cancelled_KeepsFinishedRows()
    {
        using var source = new CancellationTokenSource();
        var learner = new FakeLearner((flips, feature) => flips.Rows.Contains(0) && feature < 0.5f ? -1 : feature)
        {
            Rows = [0.2f, 1],
            During = (flips, _) =>
            {
                if (flips.Rows.Contains(5)) source.Cancel();
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        float[] shifts = [.. candidates.Select(candidate => 2f - (0.1f * candidate))];
        RowSearch[] searches = [Searches.Predicted(0, 0.2f, candidates, shifts), Searches.Predicted(1, 1, candidates, shifts)];
        Searches.Run(pool, searches, Schedule.Adaptive(), budget: 1, source.Token);
        Assert.AreEqual(CounterfactualOutcome.Found, searches[0].Outcome);
        Assert.AreEqual(CounterfactualOutcome.NotReached, searches[1].Outcome);
    }

    [TestMethod]
    [DataRow(nameof(Schedule.Predicted))]
    [DataRow(nameof(Schedule.Adaptive))]
    public void Validate_RankingWithoutShifts_NamesTheRemedy(string schedule)
    {
        var options = new AuditOptions
        {
            ProtectedColumnName = "Sex",
            Schedule = schedule == nameof(Schedule.Predicted) ? Schedule.Predicted : Schedule.Adaptive(),
            Ranking = Ranking.Combined(),
        };
        var failure = Assert.ThrowsExactly<ArgumentException>(options.Validate);
        Assert.Contains($"The schedule {options.Schedule} works with predicted shifts", failure.Message);
        Assert.Contains("Ranking.Reaction", failure.Message);
    }

    private static RowSearch Run(float score, float predicted, float real)
    {
        var learner = new FakeLearner((flips, feature) => feature - (real * flips.Count)) { Rows = [score] };
        using var pool = new RetrainPool(learner, 4, 1 << 20);
        int[] candidates = [.. Enumerable.Range(0, Candidates)];
        var search = Searches.Predicted(0, score, candidates, [.. candidates.Select(_ => predicted)]);
        Searches.Run(pool, [search], Schedule.Predicted, Budget);
        return search;
    }
}
