using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search;

/// <summary>Searches without data: rows, plans and rounds as tests need them.</summary>
internal static class Searches
{
    /// <summary>A plan of that schedule; what filters and evidence need is left out.</summary>
    public static SearchPlan Plan(Schedule schedule, int budget, bool harvests = false) => new()
    {
        Budget = budget,
        Schedule = schedule,
        Ranking = Ranking.Random,
        Phi = TestRowFilter.None,
        Psi = TrainingRowFilter.None,
        Slots = null!,
        Harvests = harvests,
        Evidence = EvidenceOptions.Off,
        Seed = 1,
        Parallelism = 1,
    };

    /// <summary>A row whose attempts flip these training rows one by one.</summary>
    public static RowSearch OfSingles(int row, float score, int[] admitted, params int[] attempts) => new(FakeLearner.NoFeatures, row, score)
    {
        CandidateRows = admitted,
        Ranking = attempts,
        AttemptsAtMost = attempts.Length,
    };

    /// <summary>A row of which shifts are predicted.</summary>
    public static RowSearch Predicted(int row, float score, int[] candidates, float[] shifts) => new(FakeLearner.NoFeatures, row, score)
    {
        CandidateRows = candidates,
        AttemptsAtMost = candidates.Length,
        Forecast = new RowForecast(Math.Abs(score), candidates, shifts, [], null, ShiftSpread.OfNetwork(ForecastConstants.InUse)),
    };

    /// <summary>Runs searches whose attempts are the rows of their rankings one by one.</summary>
    public static SearchEngine RunSingles(
        RetrainPool pool, IReadOnlyList<RowSearch> searches, bool harvests = false, CancellationToken cancellationToken = default)
    {
        var engine = new SearchEngine(pool);
        var chooser = new RowByRowChooser(
            searches, row => new ListedAttempts(row.Ranking.Select(flip => new FlipSet([flip]))), harvests);
        engine.Run(searches, chooser, null, cancellationToken);
        return engine;
    }

    /// <summary>Runs searches by a schedule.</summary>
    public static SearchEngine Run(
        RetrainPool pool, IReadOnlyList<RowSearch> searches, Schedule schedule, int budget, CancellationToken cancellationToken = default)
    {
        var engine = new SearchEngine(pool);
        engine.Run(searches, schedule.CreateChooser(searches, Plan(schedule, budget)), null, cancellationToken);
        return engine;
    }
}
