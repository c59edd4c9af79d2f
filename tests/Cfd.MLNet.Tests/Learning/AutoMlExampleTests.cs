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
    public async Task Winner_OfTheClassicApi_IsAuditedAsAnObject()
    {
        var german = FewRows();
        await AssertAuditedAsync(AutoMlWinners.Classic(_context, german, seconds: 1), german);
    }

    [TestMethod]
    public async Task Winner_OfTheSweepableApi_IsBuiltAnewForEachRefit()
    {
        var german = FewRows();
        await AssertAuditedAsync(await AutoMlWinners.SweepableAsync(_context, german, seconds: 1), german);
    }

    [TestMethod]
    [DoNotParallelize]
    public void LightGbm_OfEightHundredTrees_FindsWhatEveryLabelTriedConfirms()
    {
        var pipelines = new GermanPipelines();
        var german = FewRows() with { Train = _context.Data.TakeRows(pipelines.Train, 100), Test = _context.Data.TakeRows(pipelines.Test, 10) };
        RequireAsExhaustive(_context.CounterfactualDatasets().Learners.Estimator(context => pipelines.Preparation(context)
            .Append(context.BinaryClassification.Trainers.LightGbm(numberOfIterations: 800))), german);
    }

    private GermanCredit FewRows()
    {
        var german = GermanCredit.Load(_context, TestData.DataDirectory());
        return german with { Train = _context.Data.TakeRows(german.Train, 300), Test = _context.Data.TakeRows(german.Test, 30) };
    }

    /// <summary>At least nine tenths of what trying every admitted label finds, and nothing else.</summary>
    private void RequireAsExhaustive(Learner winner, GermanCredit german, AuditReport? audited = null)
    {
        audited ??= FairnessCheck.Audit(_context, winner, german).Report;
        var all = _context.CounterfactualDatasets().Audit(
            winner, german.Train, german.Test,
            new() { ProtectedColumnName = german.ProtectedColumn, Budget = FlipBudget.OfRows(1), Schedule = Schedule.Exhaustive, Harvest = true }).Report;
        Assert.IsGreaterThan(0, all.Summary.Found);
        Assert.IsGreaterThanOrEqualTo(0.9 * all.Summary.Found, audited.Summary.Found);
        foreach (var (row, truth) in audited.Rows.Zip(all.Rows))
            Assert.IsFalse(row.Outcome == CounterfactualOutcome.Found && truth.Outcome != CounterfactualOutcome.Found, $"row {row.Position}");
    }

    private async Task AssertAuditedAsync(Learner winner, GermanCredit german)
    {
        var run = FairnessCheck.Audit(_context, winner, german);
        var report = run.Report;
        Assert.IsTrue(report.Refits!.PreparationFittedOnce);
        Assert.IsFalse(report.Refits.IsNoisy);
        var found = report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found);
        float[] scores = [.. run.CounterfactualModel(found).Transform(german.Test).GetColumn<float>("Score")];
        Assert.AreEqual(found.CounterfactualScore, scores[found.Position]);

        RequireAsExhaustive(winner, german, report);

        using var printed = new StringWriter();
        await FairnessCheck.PrintEstimateAsync(_context, winner, german, printed);
        Assert.Contains("at the latest", printed.ToString());
        FairnessCheck.Print(report, printed);
        foreach (var caveat in report.Caveats) Assert.Contains(caveat.Sentence, printed.ToString());
        Assert.Contains("decisions hinge on one label", printed.ToString());
        Assert.Contains("preparation fitted once: True", printed.ToString());
    }
}
