using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Whose predictions are questioned, how many counterfactual datasets are sought, and how long.</summary>
[TestClass]
public sealed class AuditBudgetTests
{
    [TestMethod]
    public void Audit_UnfavourableDecisions_LeavesTheOthersOut()
    {
        var all = SampleReports.Create();
        var some = SampleReports.Create(SampleReports.Options with { Decisions = AuditedDecisions.Unfavourable });
        Assert.IsGreaterThan(0, some.Summary.Found);
        Assert.AreEqual(some.Summary.Found, some.Summary.ToFavourable);
        foreach (var (row, expected) in some.Rows.Zip(all.Rows))
        {
            if (row.PredictedLabel) Assert.AreEqual((CounterfactualOutcome.FilteredOut, "DecisionsUnfavourable"), (row.Outcome, row.Reason));
            else Assert.AreEqual(expected with { RetrainsUntilFound = row.RetrainsUntilFound }, row);
        }
    }

    [TestMethod]
    public void Audit_SeveralCounterfactuals_AreDifferentAndAllTrue()
    {
        var options = SampleReports.Options with { CounterfactualsPerRow = 4 };
        var one = SampleReports.Create();
        var run = SampleReports.Run(options);
        var several = run.Report;
        AuditReport[] again = [SampleReports.Create(options with { MaxDegreeOfParallelism = 7 }), SampleReports.Create(options with { MaxDegreeOfParallelism = 1 })];
        Assert.AreEqual(one.Summary.Found, several.Summary.Found);
        Assert.IsTrue(several.Rows.Any(row => row.Counterfactuals.Count > 1));
        foreach (var (row, first) in several.Rows.Zip(one.Rows))
        {
            Assert.IsLessThanOrEqualTo(4, row.Counterfactuals.Count);
            if (first.Counterfactuals.Count > 0) Assert.AreEqual(first.Counterfactuals[0], row.Counterfactuals[0]);
            for (int i = 0; i < row.Counterfactuals.Count; i++)
            {
                Assert.AreNotEqual(row.PredictedLabel, row.Counterfactuals[i].Score > 0);
                for (int earlier = 0; earlier < i; earlier++)
                    Assert.IsNotEmpty(row.Counterfactuals[earlier].FlippedRows.Except(row.Counterfactuals[i].FlippedRows));
            }
        }

        foreach (var report in again) JournalTests.AreSame(several, report);
        var context = new MLContext(seed: 1);
        var last = several.Rows.First(row => row.Counterfactuals.Count > 1);
        var scored = run.CounterfactualModel(last, last.Counterfactuals.Count - 1).Transform(SampleReports.Rows(context, 50, 2));
        Assert.AreEqual(last.Counterfactuals[^1].Score, Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(scored, "Score").ElementAt((int)last.Position));
    }

    [TestMethod]
    public void Audit_TimeBudgetUsedUp_SaysWhichRowsWereNotReached()
    {
        var report = SampleReports.Create(SampleReports.Options with { TimeBudget = TimeSpan.FromTicks(1) });
        Assert.AreEqual(50, report.Summary.NotReached);
        Assert.IsTrue(report.Rows.All(row => row is { Outcome: CounterfactualOutcome.NotReached, Reason.Length: > 0, Attempts: 0 }));
        Assert.AreEqual(new BoundedShare(0, 50, 50), report.Summary.Share, "nothing is known: the share is anything from 0 to 1");

        var enough = SampleReports.Create(SampleReports.Options with { TimeBudget = TimeSpan.FromHours(1), RowTimeBudget = TimeSpan.FromHours(1) });
        Assert.AreEqual(0, enough.Summary.NotReached);
    }

    [TestMethod]
    public void Audit_RowTimeBudgetUsedUp_EndsTheRowAfterItsAttempt()
    {
        var all = SampleReports.Create();
        var report = SampleReports.Create(SampleReports.Options with { RowTimeBudget = TimeSpan.FromTicks(1) });
        Assert.IsGreaterThan(0, report.Summary.NotReached);
        foreach (var (row, expected) in report.Rows.Zip(all.Rows))
        {
            if (expected.Attempts > 1) Assert.AreEqual((CounterfactualOutcome.NotReached, "the row's time budget ended", 1), (row.Outcome, row.Reason, row.Attempts));
            else Assert.AreEqual(expected with { RetrainsUntilFound = row.RetrainsUntilFound }, row);
        }
    }

    [TestMethod]
    public async Task EstimateAsync_OfAnAudit_BoundsItsRetrains()
    {
        var context = new MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var report = SampleReports.Create();
        var estimate = await catalog.EstimateAsync(
            catalog.Learners.ReluNetwork(Applicant.Preparation(context)), SampleReports.Rows(context, 160, 1), SampleReports.Rows(context, 50, 2), SampleReports.Options);
        Assert.AreEqual(report.Summary.Audited - report.Summary.FilteredOut - report.Summary.NoCandidates, estimate.Rows);
        Assert.IsGreaterThanOrEqualTo(report.Summary.UniqueRetrains, estimate.RetrainsAtMost);
        Assert.IsLessThanOrEqualTo(estimate.Rows * 40, estimate.RetrainsAtMost);
        Assert.IsGreaterThan(TimeSpan.Zero, estimate.TrainingTime);
        Assert.AreEqual(estimate.RetrainsAtMost * estimate.TrainingTime / Environment.ProcessorCount, estimate.TimeAtMost);
    }

    [TestMethod]
    public void Audit_BadBudgets_AreRefused()
    {
        Refused("TimeBudget", SampleReports.Options with { TimeBudget = TimeSpan.Zero });
        Refused("RowTimeBudget", SampleReports.Options with { RowTimeBudget = TimeSpan.FromSeconds(-1) });
        Refused("CounterfactualsPerRow", SampleReports.Options with { CounterfactualsPerRow = 0 });
        Refused("Unfavourable", SampleReports.Options with { Decisions = (AuditedDecisions)9 });
        Refused("JournalPath", SampleReports.Options with { JournalPath = " " });

        static void Refused(string part, AuditOptions options)
            => Assert.Contains(part, Assert.Throws<ArgumentException>(() => SampleReports.Create(options)).Message);
    }
}
