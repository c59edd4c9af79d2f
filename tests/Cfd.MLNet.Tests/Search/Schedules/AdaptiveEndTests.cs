using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Tests.Search.Schedules;

/// <summary>Where the adaptive schedule ends, if forecasts go on promising what does not come.</summary>
[TestClass]
public sealed class AdaptiveEndTests
{
    private const int PerRow = 30, Budget = 3, Window = 8;

    [TestMethod]
    [DataRow(40, 120)]
    [DataRow(60, 180)]
    [DataRow(15, 100)]
    public void Run_ThreeRetrainsAWaitingRowTurnNothing_Ends(int rows, int drySpell)
    {
        int retrains = Retrains(rows, turnedAt: int.MaxValue, out int found);
        Assert.AreEqual(0, found);
        Assert.IsInRange(drySpell, drySpell + Window, retrains);
    }

    [TestMethod]
    public void Run_FindingBetween_BeginsTheCountAnew()
    {
        int retrains = Retrains(rows: 41, turnedAt: 110, out int found);
        Assert.AreEqual(1, found);
        Assert.IsInRange(110 + 120, 110 + 120 + Window, retrains);
    }

    /// <summary>Every flip set nearly turns the rows that admit it, as its forecast was; one retrain alone may do it.</summary>
    private static int Retrains(int rows, int turnedAt, out int found)
    {
        RowSearch[] searches =
        [
            .. Enumerable.Range(0, rows).Select(row => Searches.Predicted(
                row, score: -1, [.. Enumerable.Range(row * PerRow, PerRow)], [.. Enumerable.Range(0, PerRow).Select(candidate => 0.5f - (0.001f * candidate))])),
        ];
        var chooser = Schedule.Adaptive(window: Window).CreateChooser(searches, Searches.Plan(Schedule.Adaptive(), Budget));
        var inFlight = new Queue<FlipSet>(chooser.Choose(1));
        var tally = new RetrainTally();
        while (inFlight.TryDequeue(out var flips))
        {
            float logit = tally.Distinct + 1 == turnedAt ? 1 : -0.1f;
            chooser.Take(flips, new Retrain(new Answer([.. Enumerable.Repeat(logit, rows)]), null, default), tally);
            foreach (var next in chooser.Choose(1)) inFlight.Enqueue(next);
        }

        found = searches.Count(row => row.Outcome == CounterfactualOutcome.Found);
        return tally.Distinct;
    }
}
