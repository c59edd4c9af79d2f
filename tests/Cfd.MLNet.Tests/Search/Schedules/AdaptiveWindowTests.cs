using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>The window of the adaptive schedule: what is in flight, and by which answers the next is chosen.</summary>
[TestClass]
public sealed class AdaptiveWindowTests
{
    private const int Candidates = 30, Rows = 6;

    private static readonly int[] All = [.. Enumerable.Range(0, Candidates)];

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(5, 1)]
    [DataRow(1, 4)]
    [DataRow(5, 4)]
    [DataRow(64, 4)]
    public void Choose_Window_KeepsSoManyInFlight(int window, int budget)
    {
        var chooser = Schedule.Adaptive(window: window).CreateChooser(Sample(), Searches.Plan(Schedule.Adaptive(), budget));
        var inFlight = new Queue<FlipSet>(chooser.Choose(1));
        Assert.HasCount(Math.Min(window, budget == 1 ? Candidates : inFlight.Count), inFlight);
        var tally = new RetrainTally();
        int most = 0;
        while (inFlight.TryDequeue(out var flips))
        {
            chooser.Take(flips, new Retrain(new Answer([.. Enumerable.Range(0, Rows).Select(row => Logit(flips, row))]), null, default), tally);
            foreach (var next in chooser.Choose(1)) inFlight.Enqueue(next);
            most = Math.Max(most, inFlight.Count);
        }

        Assert.IsLessThanOrEqualTo(window, most);
        Assert.IsGreaterThan(window == 64 ? 5 : window, tally.Distinct);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Run_AnswersThatArriveInAnyOrder_GiveTheSameSearch(int budget)
    {
        string expected = Run(workers: 1, budget, random: null);
        for (int seed = 0; seed < 5; seed++) Assert.AreEqual(expected, Run(workers: 6, budget, new Random(seed)));
    }

    [TestMethod]
    public void Run_OtherWindow_IsAnotherSearch()
        => Assert.AreNotEqual(Run(workers: 1, budget: 4, random: null, window: 1), Run(workers: 1, budget: 4, random: null, window: 8), "else the test above shows nothing");

    [TestMethod]
    public void StillWaiting_FlipSetsInFlight_IsTheirProduct()
    {
        var pending = new PendingFlips();
        FlipSet first = new([1]), second = new([2]);
        pending.Add(first, 0.5);
        pending.Add(second, 0.25);
        Assert.AreEqual(0.375, pending.StillWaiting);
        pending.Remove(new FlipSet([3]));
        Assert.AreEqual(0.375, pending.StillWaiting);
        pending.Remove(first);
        Assert.AreEqual(0.75, pending.StillWaiting);
        pending.Remove(second);
        Assert.AreEqual(1, pending.StillWaiting);
    }

    private static string Run(int workers, int budget, Random? random, int window = 8)
    {
        var learner = new FakeLearner((flips, feature) => Logit(flips, (int)feature))
        {
            Rows = [.. Enumerable.Range(0, Rows).Select(row => (float)row)],
            During = (_, _) =>
            {
                if (random is null) return;
                int wait;
                lock (random) wait = random.Next(3);
                Thread.Sleep(wait);
            },
        };
        using var pool = new RetrainPool(learner, workers, 1 << 20);
        var searches = Sample();
        var engine = Searches.Run(pool, searches, Schedule.Adaptive(window: window), budget);
        return $"{engine.Tally.Distinct}: " + string.Join(
            "; ", searches.Select(search => $"{search.Outcome} {search.AttemptsMade} {search.RetrainsUntilFound} {search.UntriedChance:R} {string.Join(',', search.Flips.Rows.ToArray())}"));
    }

    private static RowSearch[] Sample()
        => [.. Enumerable.Range(0, Rows).Select(row => Searches.Predicted(row, 1, All, [.. All.Select(candidate => 1.4f * Shift(row, candidate))]))];

    private static float Shift(int row, int candidate) => 0.9f / (1 + (((candidate * 7) + (row * 11)) % Candidates));

    private static float Logit(FlipSet flips, int row)
    {
        float logit = 1;
        foreach (int flip in flips.Rows) logit -= Shift(row, flip);
        return logit;
    }
}
