using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Schedules;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>Where the adaptive schedule ends, if forecasts go on promising what does not come.</summary>
[TestClass]
public sealed class AdaptiveEndTests
{
    private const int Rows = 40, PerRow = 30, Budget = 3, DrySpell = 300, Window = 8;

    [TestMethod]
    public void Run_ThreeHundredRetrainsTurnNothing_Ends()
    {
        int retrains = Retrains(turnedAt: int.MaxValue, out int found);
        Assert.AreEqual(0, found);
        Assert.IsInRange(DrySpell, DrySpell + Window, retrains);
    }

    [TestMethod]
    public void Run_FindingBetween_BeginsTheCountAnew()
    {
        int retrains = Retrains(turnedAt: 200, out int found);
        Assert.AreEqual(1, found);
        Assert.IsInRange(200 + DrySpell, 200 + DrySpell + Window, retrains);
    }

    /// <summary>Every flip set nearly turns the rows that admit it, as its forecast was; one retrain alone may do it.</summary>
    private static int Retrains(int turnedAt, out int found)
    {
        RowSearch[] rows =
        [
            .. Enumerable.Range(0, Rows).Select(row => Searches.Predicted(
                row, score: -1, [.. Enumerable.Range(row * PerRow, PerRow)], [.. Enumerable.Range(0, PerRow).Select(candidate => 0.5f - (0.001f * candidate))])),
        ];
        var chooser = Schedule.Adaptive(window: Window).CreateChooser(rows, Searches.Plan(Schedule.Adaptive(), Budget));
        var inFlight = new Queue<FlipSet>(chooser.Choose(1));
        var tally = new RetrainTally();
        while (inFlight.TryDequeue(out var flips))
        {
            float logit = tally.Distinct + 1 == turnedAt ? 1 : -0.1f;
            chooser.Take(flips, new Retrain(new Answer([.. Enumerable.Repeat(logit, Rows)]), null, default), tally);
            foreach (var next in chooser.Choose(1)) inFlight.Enqueue(next);
        }

        found = rows.Count(row => row.Outcome == CounterfactualOutcome.Found);
        return tally.Distinct;
    }
}
