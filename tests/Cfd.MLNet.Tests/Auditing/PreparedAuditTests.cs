using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Several audits over one trained f, through the public API.</summary>
[TestClass]
public sealed class PreparedAuditTests
{
    private readonly MLContext _context = new(seed: 1);

    private static AuditOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
    };

    [TestMethod]
    public void Run_SeveralOptions_AnswersAsAuditsOfTheirOwn()
    {
        using var prepared = Prepare(Options);
        foreach (var options in new[]
        {
            Options, Options with { Ranking = Ranking.Distance }, Options with { Schedule = Schedule.TopK, Budget = FlipBudget.OfRows(3) },
        })
        {
            CollectionAssert.AreEqual(Answers(Audit(options)), Answers(prepared.Run(options).Report));
        }
    }

    [TestMethod]
    public void Run_AfterExhaustive_TrainsNothingAnew()
    {
        using var prepared = Prepare(Options);
        prepared.Run(Options with { Schedule = Schedule.Exhaustive });
        long retrains = prepared.Retrains;
        var spent = prepared.RetrainingTime;
        var report = prepared.Run(Options with { Ranking = Ranking.Random }).Report;
        Assert.AreEqual(retrains, prepared.Retrains, "an exhaustive audit leaves out nothing that a row not found needs, and found rows need less");
        Assert.AreEqual(spent, prepared.RetrainingTime);
        Assert.IsGreaterThan(TimeSpan.Zero, spent);
        Assert.IsGreaterThan(TimeSpan.Zero, prepared.RankingTime);
        Assert.IsGreaterThan(0, report.Summary.UniqueRetrains);
    }

    [TestMethod]
    public void Run_MaxRows_EndsWithTheRowThatMakesThemFull()
    {
        var all = Audit(Options);
        using var prepared = Prepare(Options);
        foreach (int wanted in new[] { 1, 7, 1000 })
        {
            var some = prepared.Run(Options with { MaxRows = wanted }).Report;
            Assert.AreEqual(Math.Min(wanted, Passing(all.Rows)), Passing(some.Rows));
            CollectionAssert.AreEqual(Answers(all).Take(some.Rows.Count).ToArray(), Answers(some));
            if (some.Rows.Count < all.Rows.Count) Assert.AreNotEqual(CounterfactualOutcome.FilteredOut, some.Rows[^1].Outcome);
        }

        static int Passing(IEnumerable<AuditedRow> rows) => rows.Count(row => row.Outcome != CounterfactualOutcome.FilteredOut);
    }

    [TestMethod]
    public void RankedRows_OfRows_AreTheAdmittedOnesInTheOrderOfTheAttempts()
    {
        using var prepared = Prepare(Options);
        foreach (var method in new[] { Ranking.Combined(), Ranking.Random })
        {
            var options = Options with { Ranking = method };
            var run = prepared.Run(options with { Schedule = Schedule.Exhaustive });
            AuditedRow[] rows = [.. run.Report.Rows.Where(row => row.AdmittedRowCount > 0)];
            var rankings = prepared.RankedRows(options, [.. rows.Select(row => row.Position)]);
            foreach (var (row, ranked) in rows.Zip(rankings))
            {
                CollectionAssert.AreEquivalent(run.AdmittedRows(row).ToArray(), ranked.ToArray());
                if (row.Outcome == CounterfactualOutcome.Found) Assert.AreEqual(row.FlippedRows.Single(), ranked[row.Attempts - 1]);
            }
        }
    }

    [TestMethod]
    public void Scores_OfFlips_AreThoseOfTheModelHandedOut()
    {
        using var prepared = Prepare(Options);
        var run = prepared.Run(Options with { Schedule = Schedule.Exhaustive });
        var report = run.Report;
        var test = Raw(50, seed: 2);
        CollectionAssert.AreEqual(report.Rows.Select(row => row.Score).ToArray(), prepared.Scores([]).ToArray());
        foreach (var row in report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found))
        {
            var scores = prepared.Scores(row.FlippedRows);
            Assert.AreEqual(row.CounterfactualScore, scores[(int)row.Position]);
            CollectionAssert.AreEqual(run.CounterfactualModel(row).Transform(test).GetColumn<float>("Score").ToArray(), scores.ToArray());
        }
    }

    [TestMethod]
    public void Run_OtherColumnsOrBadOptions_AreRefused()
    {
        using var prepared = Prepare(Options);
        Refused("prepare another audit", () => prepared.Run(Options with { RowIdColumnName = "Id" }));
        Refused("MaxRows", () => prepared.Run(Options with { MaxRows = 0 }));
        Refused("one label at a time", () => prepared.Run(Options with { Budget = FlipBudget.OfRows(2) }));
        Refused("testRows", () => prepared.RankedRows(Options, [0, 50]));
        Refused("validation rows do not flip", () => prepared.Scores([100_000]));

        static void Refused(string part, Action call) => Assert.Contains(part, Assert.Throws<ArgumentException>(call).Message);
    }

    private static string[] Answers(AuditReport report) => [.. report.Rows.Select(row
        => $"{row.Position} {row.Outcome} {row.Score:R} {row.CounterfactualScore:R} {row.Attempts} {row.AdmittedRowCount} {string.Join(',', row.FlippedRows)}")];

    private AuditReport Audit(AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Raw(160), Raw(50, seed: 2), options).Report;
    }

    private PreparedAudit Prepare(AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.PrepareAudit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Raw(160), Raw(50, seed: 2), options);
    }

    private IDataView Raw(int count, ulong seed = 1) => _context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));
}
