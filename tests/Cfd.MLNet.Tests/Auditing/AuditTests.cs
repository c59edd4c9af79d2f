using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>The audit of many rows through the public API.</summary>
[TestClass]
public sealed class AuditTests
{
    private readonly MLContext _context = new(seed: 1);

    private static AuditOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        Budget = FlipBudget.OfRows(4),
        Schedule = Schedule.SampledTopK(),
    };

    [TestMethod]
    public void Audit_Rows_AnswersAsTheTransformDoesRowByRow()
    {
        var (train, test) = (Raw(160), Raw(50, seed: 2));
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), train, test, Options).Report;
        var preparation = Applicant.Preparation(_context).Fit(train);
        using var model = catalog.Generate(new()
        {
            ProtectedColumnName = "Sex",
            ProtectedSlots = ["SexCode"],
            Budget = Options.Budget,
            Schedule = Options.Schedule,
        }).Fit(preparation.Transform(train));
        var answers = model.Transform(preparation.Transform(test));
        CollectionAssert.AreEqual(answers.GetColumn<string>("CfdOutcome").ToArray(), report.Rows.Select(row => row.Outcome.ToString()).ToArray());
        CollectionAssert.AreEqual(answers.GetColumn<int>("CfdAttempts").ToArray(), report.Rows.Select(row => row.Attempts).ToArray());
        CollectionAssert.AreEqual(answers.GetColumn<float>("CfdScore").ToArray(), report.Rows.Select(row => row.CounterfactualScore).ToArray());
        Assert.IsGreaterThan(2, report.Summary.Found);
    }

    [TestMethod]
    public void Audit_AnyNumberOfWorkers_GivesTheSameReport()
    {
        var reports = new[] { 1, 2, 7 }.Select(workers => Audit(Options with { MaxDegreeOfParallelism = workers, MemoBytes = workers == 2 ? 40_000 : 1 << 28 })).ToArray();
        foreach (var report in reports.Skip(1))
        {
            Assert.AreEqual(reports[0].Summary, report.Summary);
            CollectionAssert.AreEqual(reports[0].Rows.Select(Text).ToArray(), report.Rows.Select(Text).ToArray());
        }

        static string Text(AuditedRow row)
            => $"{row.Outcome} {row.Reason} {row.Score:R} {row.CounterfactualScore:R} {row.Attempts} {row.AdmittedRowCount} {string.Join(',', row.FlippedRows)}";
    }

    [TestMethod]
    public void CounterfactualDataset_OfARow_RefitsToTheModelHandedOut()
    {
        var (train, test) = (Raw(160), Raw(50, seed: 2));
        var catalog = _context.CounterfactualDatasets();
        var run = catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), train, test, Options);
        var report = run.Report;
        foreach (var row in report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found))
        {
            var refitted = Applicant.Preparation(_context).Append(catalog.ReluNetwork()).Fit(run.CounterfactualDataset(row));
            float score = refitted.Transform(test).GetColumn<float>("Score").ElementAt((int)row.Position);
            Assert.AreEqual(row.CounterfactualScore, score);
            Assert.AreNotEqual(row.Score > 0, score > 0);
            Assert.AreEqual(score, run.CounterfactualModel(row).Transform(test).GetColumn<float>("Score").ElementAt((int)row.Position));
            CollectionAssert.IsSubsetOf(row.FlippedRows.ToArray(), run.AdmittedRows(row).ToArray());
            Assert.AreEqual(row.AdmittedRowCount, run.AdmittedRows(row).Count);
        }

        var other = report.Rows.First(row => row.Outcome != CounterfactualOutcome.Found);
        Assert.Contains(other.Outcome.ToString(), Assert.ThrowsExactly<InvalidOperationException>(() => run.CounterfactualDataset(other)).Message);
        Assert.Contains("index is 1; allowed is 0 to 0", Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => run.CounterfactualModel(report.Rows.First(row => row.Counterfactuals.Count == 1), 1)).Message);
        CollectionAssert.AreEqual(
            report.Rows.Select(row => row.Score).ToArray(), run.Model.Transform(test).GetColumn<float>("Score").ToArray());
    }

    [TestMethod]
    public void Summary_Counts_AddUp()
    {
        var report = Audit(Options);
        var summary = report.Summary;
        Assert.AreEqual(
            summary.Audited, summary.FilteredOut + summary.Found + summary.NotFound + summary.RuledOut + summary.NotReached + summary.NoCandidates + summary.Failed);
        Assert.AreEqual(50, summary.Audited);
        Assert.AreEqual(120, report.Provenance.TrainingRows, "a quarter of 160 rows is set aside");
        Assert.AreEqual(4, summary.Budget);
        Assert.AreEqual(report.Rows.Sum(row => row.Attempts), summary.Attempts);
        Assert.IsLessThan(summary.Attempts, summary.UniqueRetrains, "rows share retrains");
        Assert.AreEqual(summary.Audited, report.Groups.Sum(group => group.Audited));
        Assert.AreEqual(summary.Found, report.Groups.Sum(group => group.Found.Count));
        CollectionAssert.AreEqual(new[] { "female", "male" }, report.Groups.Select(group => group.Group).ToArray());
    }

    [TestMethod]
    public void Audit_Cancelled_KeepsFinishedRowsAndSaysSo()
    {
        using var source = new CancellationTokenSource();
        var progress = new Immediate(step =>
        {
            if (step.RowsDone > 0 && step.RowsDone < step.RowsTotal) source.Cancel();
        });
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(_context), new() { MaxEpochs = 2000, Patience = 2000 }), Raw(160), Raw(50, seed: 2),
            Options with { MaxDegreeOfParallelism = 1 }, progress, source.Token).Report;
        Assert.IsGreaterThan(0, report.Summary.NotReached);
        Assert.IsGreaterThan(0, report.Summary.Audited - report.Summary.NotReached);
        Assert.IsTrue(report.Rows.All(row => Enum.IsDefined(row.Outcome)));
    }

    [TestMethod]
    public void Audit_Progress_EndsWithAllRows()
    {
        AuditProgress? last = null;
        long attempts = 0;
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Raw(160), Raw(50, seed: 2), Options, new Immediate(step =>
            {
                Assert.IsLessThanOrEqualTo(step.AttemptsAtMost, step.AttemptsDone);
                attempts = Math.Max(attempts, step.AttemptsDone);
                last = step;
            })).Report;
        Assert.AreEqual(50, last!.RowsDone);
        Assert.AreEqual(last.AttemptsAtMost, last.AttemptsDone);
        Assert.AreEqual(attempts, last.AttemptsDone);
        Assert.AreEqual(50, last.RowsTotal);
        Assert.AreEqual(report.Summary.Found, last.Found);
    }

    [TestMethod]
    public void Audit_Exhaustive_FindsWhateverSingleFlipsFind()
    {
        var options = Options with { Budget = FlipBudget.OfRows(1), Schedule = Schedule.SingleFlips };
        var all = Audit(options with { Schedule = Schedule.Exhaustive });
        foreach (var method in new[]
        {
            Ranking.Trajectory(), Ranking.Combined(), Ranking.LinearSurrogate(), Ranking.ActivationSimilarity, Ranking.Random, Ranking.Distance, Ranking.GradientSimilarity,
            Ranking.Influence(), Ranking.Influence(InfluenceSolver.Hessian), Ranking.Influence(InfluenceSolver.ConjugateGradient()), Ranking.Influence(InfluenceSolver.Lissa()),
            Ranking.Influence(InfluenceSolver.Arnoldi()),
        })
        {
            var some = Audit(options with { Ranking = method });
            for (int row = 0; row < 50; row++)
            {
                if (some.Rows[row].Outcome == CounterfactualOutcome.Found)
                    Assert.AreEqual(CounterfactualOutcome.Found, all.Rows[row].Outcome, $"{method}, row {row}");
            }
        }
    }

    [TestMethod]
    public void Audit_PreparationThatMakesTheLabel_IsRefused()
    {
        var catalog = _context.CounterfactualDatasets();
        foreach (var change in new IEstimator<ITransformer>[]
        {
            _context.Transforms.Expression("Label", "x => !x", "Label"),
        })
        {
            var learner = catalog.Learners.ReluNetwork(Applicant.Preparation(_context).Append(change));
            Assert.Contains("changes the label column", Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(learner, Raw(160), Raw(50, seed: 2), Options)).Message);
        }
    }

    [TestMethod]
    public void Audit_BadOptions_AreRefused()
    {
        Refused("ProtectedColumnName", Options with { ProtectedColumnName = null });
        Refused("'Gender'", Options with { ProtectedColumnName = "Gender" });
        Refused("allowed is 1 to 120", Options with { Budget = FlipBudget.OfRows(121) });
        Refused("one label at a time", Options with { Schedule = Schedule.Exhaustive });
        Refused("'SexColour'", Options with { ProtectedSlots = ["SexColour"] });
        Refused("MaxDegreeOfParallelism", Options with { MaxDegreeOfParallelism = 0 });
        Refused("MemoBytes", Options with { MemoBytes = -1 });
        Refused("works with predicted shifts", Options with { Schedule = Schedule.Adaptive(), Ranking = Ranking.Combined() });

        void Refused(string part, AuditOptions options)
            => Assert.Contains(part, Assert.Throws<ArgumentException>(() => Audit(options)).Message);
    }

    private AuditReport Audit(AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Raw(160), Raw(50, seed: 2), options).Report;
    }

    private IDataView Raw(int count, ulong seed = 1) => _context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));

    private sealed class Immediate(Action<AuditProgress> report) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => report(value);
    }
}
