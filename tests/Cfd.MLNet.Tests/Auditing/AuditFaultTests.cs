using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>What goes wrong in a part of an audit is told of that part, and the rest is answered.</summary>
[TestClass]
public sealed class AuditFaultTests
{
    [TestMethod]
    public void Audit_CancelledWithinEvidence_SaysHowManyWereNotExamined()
    {
        using var source = new CancellationTokenSource();
        var run = SampleReports.Run(
            SampleReports.Options with { Evidence = new() { Level = EvidenceLevel.Thorough }, MaxDegreeOfParallelism = 1 },
            new Immediate(step =>
            {
                if (step.EvidenceTrainingsDone > 0) source.Cancel();
            }),
            source.Token);
        var summary = run.Report.Summary;
        Assert.IsGreaterThan(0, summary.Found);
        Assert.AreEqual(0, summary.NotReached, "every row has its outcome");
        Assert.IsGreaterThan(0, summary.NotExamined);
        Assert.AreEqual(run.Report.Rows.Count(row => row.Outcome == CounterfactualOutcome.Found && row.Evidence is null), summary.NotExamined);
    }

    [TestMethod]
    public void Audit_CancelledBeforeMinimising_SaysWhoseLabelsWereNotTriedForBeingNeeded()
    {
        var options = SampleReports.Options with { Evidence = EvidenceOptions.Off, MaxDegreeOfParallelism = 1 };
        var whole = SampleReports.Create(options);
        Assert.AreEqual(0, whole.Summary.NotMinimised);
        Assert.IsTrue(whole.Rows.All(row => row.IsMinimised == (row.Outcome == CounterfactualOutcome.Found)));
        using var source = new CancellationTokenSource();
        var report = SampleReports.Run(
            options,
            new Immediate(step =>
            {
                if (step.RowsDone == step.RowsTotal) source.Cancel();
            }),
            source.Token).Report;
        AuditedRow[] left = [.. report.Rows.Where(row => row is { Outcome: CounterfactualOutcome.Found, IsMinimised: false })];
        Assert.IsNotEmpty(left);
        Assert.IsTrue(left.All(row => row.FlippedRows.Count > 1), "a single label is needed in any case");
        Assert.AreEqual((left.Length, 0, 0), (report.Summary.NotMinimised, report.Summary.NotExamined, report.Summary.NotReached));
        Assert.Contains("were tried for being needed", report.Caveats.Single(caveat => caveat.Source == "summary.notMinimised").Sentence);
    }

    [TestMethod]
    [DataRow(EvidenceLevel.Off)]
    [DataRow(EvidenceLevel.Quick)]
    public void Audit_NotCancelled_LeavesNothingUnexamined(EvidenceLevel level)
    {
        var report = SampleReports.Create(SampleReports.Options with { Evidence = new() { Level = level } });
        Assert.AreEqual((0, 0, 0), (report.Summary.NotExamined, report.Summary.NotMinimised, report.Summary.DivergedRetrains));
        Assert.AreEqual(level == EvidenceLevel.Off, report.Rows.All(row => row.Evidence is null));
    }

    [TestMethod]
    public void Audit_PsiNamedLikePhiThatThrows_FailsItsRowsAlone()
    {
        var plain = SampleReports.Create(SampleReports.Options with { Phi = TestRowFilter.None });
        var psi = TrainingRowFilter.Where("None", (test, row) => test.Group == "male"
            ? throw new FormatException("oops")
            : row.Group == test.Group && row.Label == test.PredictedLabel && row.PredictedLabel == test.PredictedLabel);
        var report = SampleReports.Create(SampleReports.Options with { Phi = TestRowFilter.None, Psi = psi });
        foreach (var (row, expected) in report.Rows.Zip(plain.Rows))
        {
            if (row.Group == "male") Assert.AreEqual((CounterfactualOutcome.Failed, "filter 'None' threw FormatException: oops"), (row.Outcome, row.Reason));
            else Assert.AreEqual(expected with { RetrainsUntilFound = row.RetrainsUntilFound }, row);
        }

        Assert.IsTrue(report.Rows.Any(row => row.Outcome == CounterfactualOutcome.Found));
    }

    [TestMethod]
    public void Audit_SingleFlipsWithALargerBudget_IsRefusedWithTheRemedy()
    {
        foreach (var schedule in new[] { Schedule.SingleFlips, Schedule.Exhaustive })
        {
            foreach (var budget in new[] { FlipBudget.OfShare(0.5), FlipBudget.OfRows(2) })
            {
                var options = SampleReports.Options with { Schedule = schedule, Budget = budget };
                string message = Assert.ThrowsExactly<ArgumentException>(() => SampleReports.Create(options)).Message;
                Assert.Contains($"The schedule {schedule} flips one label at a time, but the budget is {budget}", message);
                Assert.Contains("Set Budget to FlipBudget.OfRows(1), or choose another schedule", message);
                var context = new MLContext(seed: 1);
                var estimator = context.CounterfactualDatasets().Generate(new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Schedule = schedule, Budget = budget });
                Assert.Contains("FlipBudget.OfRows(1)", Assert.ThrowsExactly<ArgumentException>(() => estimator.Fit(Applicant.Prepared(context))).Message);
            }
        }
    }

    [TestMethod]
    public void Audit_ScheduleLeftNull_FollowsFromTheRanking()
    {
        foreach (var (ranking, budget, schedule) in new (Ranking, int, Schedule)[]
        {
            (Ranking.Trajectory(), 2, Schedule.Adaptive()), (Ranking.Distance, 1, Schedule.SingleFlips), (Ranking.Distance, 3, Schedule.TopK),
        })
        {
            var options = SampleReports.Options with { Ranking = ranking, Budget = FlipBudget.OfRows(budget), Schedule = null };
            var (left, written) = (SampleReports.Create(options), SampleReports.Create(options with { Schedule = schedule }));
            CollectionAssert.AreEqual(written.Rows.ToArray(), left.Rows.ToArray(), $"{ranking}, {budget}");
        }
    }

    [TestMethod]
    public void Run_AfterTheAudit_HoldsNoRanker()
    {
        var run = SampleReports.Run(SampleReports.Options with { Ranking = Ranking.Trajectory(), Budget = FlipBudget.OfRows(2), Schedule = null });
        Assert.IsTrue(run.Report.Rows.Any(row => row.Outcome == CounterfactualOutcome.Found), "the ranker was needed");
        var reachable = Reachable.From(run);
        Assert.IsTrue(reachable.OfType<RankingNetwork>().Any(), "objects are found where they are kept");
        Assert.IsEmpty(reachable.Where(held => held is IRanker or RowForecast or RowSearch).Select(held => held.GetType().Name));
    }

    private sealed class Immediate(Action<AuditProgress> report) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => report(value);
    }
}
