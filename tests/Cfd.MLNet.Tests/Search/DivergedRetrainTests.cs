using Cfd.MLNet.Common;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search;

/// <summary>
/// Every schedule with a learner one of whose retrains diverges: nothing is lost but that flip set itself. Shifts add up, and forecasts are
/// off by up to a third.
/// </summary>
[TestClass]
public sealed class DivergedRetrainTests
{
    private const int Rows = 8, Candidates = 50;

    private static readonly int[] All = [.. Enumerable.Range(0, Candidates)];

    /// <summary>[row][candidate]: what flipping it takes from the row's logit of 1.</summary>
    private static readonly float[][] Shifts = Draw();

    private static readonly float[][] Forecasts = [.. Shifts.Select((shifts, row) => shifts.Select((shift, i) => shift * (0.75f + (0.1f * ((i + row) % 6)))).ToArray())];

    private static readonly (Schedule Schedule, int Budget)[] Listed =
    [
        (Schedule.TopK, 6), (Schedule.SingleFlips, 1), (Schedule.Exhaustive, 1), (Schedule.SampledTopK(4), 3),
    ];

    private static readonly (Schedule Schedule, int Budget)[] Forecasting =
    [
        (Schedule.Predicted, 1), (Schedule.Predicted, 6), (Schedule.Adaptive(), 1), (Schedule.Adaptive(), 6), (Schedule.Adaptive(maxRetrains: 30), 6),
    ];

    public static IEnumerable<object[]> ListedCases => Cases(Listed);

    public static IEnumerable<object[]> ForecastingCases => Cases(Forecasting);

    [TestMethod]
    [DynamicData(nameof(ListedCases))]
    public void Run_ListedAttempts_EndAsWithoutTheFailedSet(int index, int failing)
    {
        var (schedule, budget) = Listed[index];
        var (searches, engine, failed) = Run(schedule, budget, failing);
        Assert.AreEqual(1, engine.Tally.Diverged);
        foreach (var (search, row) in searches.Select((search, row) => (search, row)))
        {
            int attempts = 0, answers = 0;
            FlipSet? found = null;
            foreach (var flips in AttemptsOf(schedule, budget, search))
            {
                attempts++;
                if (flips.Equals(failed)) continue;
                answers++;
                if (Logit(flips, row) > 0) continue;
                found = flips;
                break;
            }

            var expected = found is not null ? CounterfactualOutcome.Found : answers > 0 ? CounterfactualOutcome.NotFound : CounterfactualOutcome.Failed;
            Assert.AreEqual((expected, attempts, found ?? FlipSet.Empty), (search.Outcome, search.AttemptsMade, search.Flips), $"row {row}");
            Assert.AreEqual(expected == CounterfactualOutcome.Failed ? "diverged" : "", search.Reason);
        }
    }

    [TestMethod]
    [DynamicData(nameof(ForecastingCases))]
    public void Run_PredictedShifts_GoOnWithoutTheFailedSet(int index, int failing)
    {
        var (schedule, budget) = Forecasting[index];
        var (plain, plainEngine, _) = Run(schedule, budget, failing: 0);
        var (searches, engine, failed) = Run(schedule, budget, failing);
        Assert.AreEqual(0, plainEngine.Tally.Diverged);
        Assert.AreEqual(1, engine.Tally.Diverged);
        Assert.IsGreaterThan(Rows / 2, plain.Count(search => search.Outcome == CounterfactualOutcome.Found), "the sample has something to lose");
        for (int row = 0; row < Rows; row++)
        {
            // Where one label flips, the lost one may have been the only one that turns the row over.
            bool isLost = budget == 1 && plain[row].Flips.Equals(failed);
            if (plain[row].Outcome == CounterfactualOutcome.Found && !isLost) Assert.AreEqual(CounterfactualOutcome.Found, searches[row].Outcome, $"row {row}: {searches[row].Reason}");
            Assert.AreNotEqual(CounterfactualOutcome.Failed, searches[row].Outcome);
            Assert.AreNotEqual(failed, searches[row].Flips);
            if (searches[row].Outcome == CounterfactualOutcome.Found) Assert.IsLessThanOrEqualTo(0, Logit(searches[row].Flips, row));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(5)]
    public void Run_PredictedRowsThatDidNotNeedTheSet_AreUntouched(int failing)
    {
        var (plain, _, _) = Run(Schedule.Predicted, 6, failing: 0);
        var (searches, _, failed) = Run(Schedule.Predicted, 6, failing);
        int untouched = 0;
        for (int row = 0; row < Rows; row++)
        {
            // Each row's attempts are the tops of its own ranking: only whose top the set is has tried it.
            if (failed!.Equals(Top(searches[row], failed.Count))) continue;
            untouched++;
            Assert.AreEqual(
                (plain[row].Outcome, plain[row].Flips, plain[row].AttemptsMade), (searches[row].Outcome, searches[row].Flips, searches[row].AttemptsMade), $"row {row}");
        }

        Assert.IsGreaterThanOrEqualTo(Rows - 2, untouched);
    }

    private static IEnumerable<object[]> Cases((Schedule, int)[] schedules)
        => from index in Enumerable.Range(0, schedules.Length) from failing in Enumerable.Range(1, 5) select new object[] { index, failing };

    /// <summary>All rows by one worker; the failing-th retrain diverges, none for 0.</summary>
    private static (RowSearch[] Searches, SearchEngine Engine, FlipSet? Failed) Run(Schedule schedule, int budget, int failing)
    {
        int trained = 0;
        FlipSet? failed = null;
        var learner = new FakeLearner((flips, feature) => Logit(flips, (int)feature))
        {
            Rows = [.. Enumerable.Range(0, Rows).Select(row => (float)row)],
            During = (flips, _) =>
            {
                if (++trained != failing) return;
                failed = flips;
                throw new TrainingDivergedException("diverged");
            },
        };
        using var pool = new RetrainPool(learner, 1, 1 << 24);
        RowSearch[] searches = [.. Enumerable.Range(0, Rows).Select(row =>
        {
            var search = Searches.Predicted(row, 1, All, Forecasts[row]);
            search.Ranking = [.. All.OrderByDescending(candidate => Forecasts[row][candidate])];
            return search;
        })];
        var engine = Searches.Run(pool, searches, schedule, budget);
        Assert.AreEqual(failing > 0, failed is not null, "as many retrains are made");
        return (searches, engine, failed);
    }

    private static IEnumerable<FlipSet> AttemptsOf(Schedule schedule, int budget, RowSearch search) => ((ListedSchedule)schedule).Attempts(
        search.Ranking, search.Candidates, budget, SeededRandom.ForStream(search.DrawSeed, RandomStream.SampledAttempts));

    private static FlipSet Top(RowSearch search, int count) => new(search.Forecast!.Order(6).AsSpan(0, count));

    private static float Logit(FlipSet flips, int row)
    {
        float logit = 1;
        foreach (int flip in flips.Rows) logit -= Shifts[row][flip];
        return logit;
    }

    private static float[][] Draw()
    {
        var random = new SeededRandom(5);
        var shifts = new float[Rows][];
        for (int row = 0; row < Rows; row++)
        {
            shifts[row] = new float[Candidates];
            for (int i = 0; i < Candidates; i++) shifts[row][i] = (float)Math.Pow(random.NextDouble(), 4) * (row % 3 == 2 ? 0.6f : 1.3f);
        }

        return shifts;
    }
}
