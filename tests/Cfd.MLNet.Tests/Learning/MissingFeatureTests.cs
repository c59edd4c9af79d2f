using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>Features that are missing: learners that take them get them as they are, rankings that compute with them the column's mean.</summary>
[TestClass]
public sealed class MissingFeatureTests
{
    private static readonly AuditOptions Options = new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = [],
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
        Ranking = Ranking.LinearSurrogate(),
    };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow("FastTree")]
    [DataRow("LightGbm")]
    [DataRow("FastForest")]
    public void Audit_LearnerThatTakesNaN_AnswersForRowsThatMissFeatures(string trainer)
    {
        var run = Audit(trainer, Train(), Options);
        Assert.AreEqual(0, run.Report.Summary.Failed);
        Assert.Contains("Features are missing", run.Report.Refits!.RankingRemark!);
        var found = run.Report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).ToArray();
        Assert.IsNotEmpty(found);
        foreach (var row in found.Take(2))
        {
            float[] scores = [.. Pipeline(trainer)(new MLContext(seed: 1)).Fit(run.CounterfactualDataset(row)).Transform(View(Test())).GetColumn<float>("Score")];
            Assert.AreEqual(scores[row.Position], row.CounterfactualScore);
        }

        float[] unflipped = [.. Pipeline(trainer)(new MLContext(seed: 1)).Fit(View(Train())).Transform(View(Test())).GetColumn<float>("Score")];
        CollectionAssert.AreEqual(unflipped, run.Report.Rows.Select(row => row.Score).ToArray());
    }

    [TestMethod]
    public void Audit_MissingInTestRowsAlone_IsSaidToo()
        => Assert.Contains("Features are missing", Audit("FastTree", Applicant.Draw(160), Options).Report.Refits!.RankingRemark!);

    [TestMethod]
    [DataRow("Trajectory")]
    [DataRow("Distance")]
    public void Audit_RankingsThatCompute_ImputeAndSaySo(string ranking)
    {
        var report = Audit("FastTree", Train(), Options with { Ranking = ranking == "Distance" ? Ranking.Distance : Ranking.Trajectory(), MaxRows = 6 }).Report;
        Assert.AreEqual(ranking == "Trajectory", report.Refits!.RankingRemark!.Contains("stand-in", StringComparison.Ordinal));
        Assert.Contains("Features are missing", report.Refits.RankingRemark);
        Assert.AreEqual(0, report.Summary.Failed);
    }

    [TestMethod]
    public void Audit_RankingThatComputesNothing_SaysNothing()
        => Assert.IsNull(Audit("FastTree", Train(), Options with { Ranking = Ranking.Random, MaxRows = 4 }).Report.Refits!.RankingRemark);

    [TestMethod]
    public void Audit_LearnerThatGivesNoScoreForNaN_FailsThoseRowsAlone()
    {
        var report = Audit("Lbfgs", Train(), Options).Report;
        var test = Test();
        foreach (var row in report.Rows)
            Assert.AreEqual(float.IsNaN(test[(int)row.Position].Gap), row.Outcome == CounterfactualOutcome.Failed, row.Reason);
        Assert.IsGreaterThan(0, report.Summary.Failed);
    }

    [TestMethod]
    public void Audit_OurNetwork_RefusesThemStill()
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.ReluNetwork(_context.Transforms.Concatenate("Features", "Experience", "Test", "Gap"));
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => catalog.Audit(learner, View(Train()), View(Test()), Options));
        Assert.Contains("slot 2 ('Gap') is NaN", failure.Message);
    }

    private AuditRun Audit(string trainer, List<Applicant> train, AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.Estimator(Pipeline(trainer)), View(train), View(Test()), options);
    }

    private static Func<MLContext, IEstimator<ITransformer>> Pipeline(string name) => context =>
    {
        var trainers = context.BinaryClassification.Trainers;
        IEstimator<ITransformer> trainer = name switch
        {
            "FastTree" => trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 8, NumberOfLeaves = 6 }),
            "FastForest" => trainers.FastForest(new FastForestBinaryTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 8, NumberOfLeaves = 6 }),
            "LightGbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 8, NumberOfLeaves = 6 }),
            _ => trainers.LbfgsLogisticRegression(),
        };
        return context.Transforms.Concatenate("Features", "Experience", "Test", "Gap").Append(trainer);
    };

    private IDataView View(IEnumerable<Applicant> applicants) => _context.Data.LoadFromEnumerable(applicants);

    private static List<Applicant> Train() => WithGaps(Applicant.Draw(160));

    private static List<Applicant> Test() => WithGaps(Applicant.Draw(24, seed: 2));

    /// <summary>Every fourth applicant's gap is not known.</summary>
    private static List<Applicant> WithGaps(List<Applicant> applicants)
    {
        for (int row = 1; row < applicants.Count; row += 4) applicants[row].Gap = float.NaN;
        return applicants;
    }
}
