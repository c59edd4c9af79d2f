using Cfd.MLNet.Auditing;
using Cfd.MLNet.Reports;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Time budgets under a clock on which every fit of a pipeline takes one second, and all else nothing.</summary>
[TestClass]
public sealed class TimeBudgetTests
{
    [TestMethod]
    [DataRow(0.5, 1, DisplayName = "f takes all of it: nothing else is fitted")]
    [DataRow(1.5, 2, DisplayName = "the time ends within the first trial")]
    [DataRow(3.5, 4, DisplayName = "the time ends within the trials of the preparation")]
    public void Audit_TimeOverBeforeTheSearch_FitsNothingMoreAndSaysSo(double seconds, int fitsUntilThen)
    {
        var (report, fits) = Audit(seconds);
        Assert.AreEqual(fitsUntilThen, fits);
        Assert.IsTrue(report.Rows.All(row => row is { Outcome: CounterfactualOutcome.NotReached or CounterfactualOutcome.FilteredOut, Attempts: 0 }));
        Assert.IsTrue(report.Rows.Any(row => row.Reason == StopReasons.NoTimeToSearch));
        Assert.IsTrue(report.Caveats.Any(caveat => caveat.Sentence.Contains("no time to search", StringComparison.Ordinal)));
        Assert.AreEqual(0, report.Summary.UniqueRetrains);
    }

    [TestMethod]
    public void Audit_TimeOverWithinTheSearch_EndsWithinOneRetrain()
    {
        var (report, fits) = Audit(9.5);
        Assert.AreEqual(10, fits);
        Assert.IsGreaterThan(0, report.Summary.UniqueRetrains);
        Assert.IsTrue(report.Rows.Any(row => row.Reason == StopReasons.TimeEnded));
        Assert.IsFalse(report.Caveats.Any(caveat => caveat.Sentence.Contains("no time to search", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Audit_TimeEnough_IsTheAuditWithoutABudget()
    {
        var (report, fits) = Audit(1e6);
        Assert.AreEqual(0, report.Summary.NotReached);
        Assert.IsGreaterThan(11, fits, "the other tests cut something off");
    }

    private static (AuditReport Report, int Fits) Audit(double seconds)
    {
        var time = new ManualTime();
        int fits = 0;
        var context = new MLContext(seed: 1);
        var learner = context.CounterfactualDatasets().Learners.Estimator(inner =>
        {
            // Building stands for fitting: each fit builds once.
            fits++;
            time.Advance(TimeSpan.FromSeconds(1));
            return Applicant.Preparation(inner).Append(inner.BinaryClassification.Trainers.LbfgsLogisticRegression(new() { NumberOfThreads = 1 }));
        });
        var options = SampleReports.Options with
        {
            GroupByColumnNames = [],
            Budget = FlipBudget.OfRows(3),
            Ranking = Ranking.Random,
            Schedule = Schedule.TopK,
            MaxDegreeOfParallelism = 1,
            TimeBudget = TimeSpan.FromSeconds(seconds),
        };
        using var clock = new AuditClock(options.TimeBudget, time);
        using var prepared = PreparedAudit.Create(context, learner, SampleReports.Rows(context, 80, 1), SampleReports.Rows(context, 20, 2), options, isForOneAudit: true, clock, CancellationToken.None);
        return (prepared.Run(options, clock, null, CancellationToken.None).Report, fits);
    }
}
