using AutoMlFairnessCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>
/// examples/AutoMlFairnessCheck, built against a stand-in for AutoML whose search is three trainers compared by cross-validation.
/// </summary>
[TestClass]
public sealed class AutoMlExampleTests
{
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Winner_OfTheClassicApi_IsAuditedAsAnObject()
    {
        var german = FewRows();
        AssertAudited(AutoMlWinners.Classic(_context, german, seconds: 1), german);
    }

    [TestMethod]
    public async Task Winner_OfTheSweepableApi_IsBuiltAnewForEachRefit()
    {
        var german = FewRows();
        AssertAudited(await AutoMlWinners.SweepableAsync(_context, german, seconds: 1), german);
    }

    private GermanCredit FewRows()
    {
        var german = GermanCredit.Load(_context, TestData.DataDirectory());
        return german with { Train = _context.Data.TakeRows(german.Train, 300), Test = _context.Data.TakeRows(german.Test, 30) };
    }

    private void AssertAudited(Learner winner, GermanCredit german)
    {
        var run = FairnessCheck.Audit(_context, winner, german);
        var report = run.Report;
        Assert.IsTrue(report.Refits!.PreparationFittedOnce);
        Assert.IsFalse(report.Refits.IsNoisy);
        var found = report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found);
        float[] scores = [.. run.CounterfactualModel(found).Transform(german.Test).GetColumn<float>("Score")];
        Assert.AreEqual(found.CounterfactualScore, scores[found.Position]);

        using var printed = new StringWriter();
        FairnessCheck.Print(report, printed);
        Assert.Contains("decisions hinge on one label", printed.ToString());
        Assert.Contains("preparation fitted once: True", printed.ToString());
    }
}
