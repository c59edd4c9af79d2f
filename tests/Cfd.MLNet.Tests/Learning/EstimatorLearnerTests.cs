using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>Audits of ML.NET pipelines of all kinds, held against refits by ML.NET alone.</summary>
[TestClass]
public sealed class EstimatorLearnerTests
{
    private static readonly Lazy<GermanPipelines> German = new(() => new GermanPipelines());
    private readonly CounterfactualDatasetCatalog _catalog = new MLContext(seed: 1).CounterfactualDatasets();

    [TestMethod]
    [DataRow("Sdca")]
    [DataRow("Lbfgs")]
    [DataRow("AveragedPerceptron")]
    [DataRow("FastTree")]
    [DataRow("FastForest")]
    [DataRow("LightGbm")]
    [DataRow("ReluNetwork")]
    public void Audit_AnyTrainer_CounterfactualDatasetsStandInMLNetAlone(string trainer)
    {
        var german = German.Value;
        var run = Run(german.Pipeline(trainer));
        var report = run.Report;

        Assert.IsFalse(report.Refits!.IsNoisy);
        Assert.IsTrue(report.Refits.PreparationFittedOnce);
        Assert.AreEqual(trainer == "ReluNetwork", report.Refits.RankingRemark is not null, "rankings look into ML.NET's own models; a network within a pipeline has a stand-in");
        var found = report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).ToArray();
        Assert.IsNotEmpty(found);
        float[] original = Scores(german.Pipeline(trainer), german.Train);
        foreach (var row in report.Rows) Assert.AreEqual(original[row.Position], row.Score);
        foreach (var row in found.DistinctBy(row => row.FlippedRows[0]).Take(2))
        {
            float[] scores = Scores(german.Pipeline(trainer), german.Flipped(row.FlippedRows));
            Assert.AreEqual(scores[row.Position], row.CounterfactualScore);
            Assert.AreNotEqual(original[row.Position] > 0, scores[row.Position] > 0);
            CollectionAssert.AreEqual(scores, run.CounterfactualModel(row).Transform(german.Test).GetColumn<float>("Score").ToArray());
        }
    }

    [TestMethod]
    [DataRow("Sdca")]
    [DataRow("Lbfgs")]
    [DataRow("AveragedPerceptron")]
    [DataRow("LinearSvm")]
    [DataRow("SgdCalibrated")]
    [DataRow("SgdNonCalibrated")]
    [DataRow("Gam")]
    [DataRow("FastTree")]
    [DataRow("FastForest")]
    [DataRow("LightGbm")]
    [DataRow("LdSvm")]
    [DataRow("FieldAware")]
    public void Audit_DefaultSearch_FindsNineTenthsOfWhatEveryLabelTriedFinds(string trainer)
    {
        var german = German.Value;
        var options = german.Options with { Schedule = null };
        var report = Audit(german.Pipeline(trainer), options);
        var all = Audit(german.Pipeline(trainer), options with { Schedule = Schedule.Exhaustive, Ranking = Ranking.Random, Harvest = true });
        Assert.IsGreaterThanOrEqualTo(0.9 * all.Summary.Found, report.Summary.Found, $"{report.Summary.UniqueRetrains} retrains for {all.Summary.UniqueRetrains}");
        foreach (var (row, truth) in report.Rows.Zip(all.Rows))
        {
            Assert.IsFalse(row.Outcome == CounterfactualOutcome.Found && truth.Outcome != CounterfactualOutcome.Found, $"row {row.Position}");
            if (row.Outcome == CounterfactualOutcome.NotFound) Assert.IsGreaterThan(0, row.Coverage.Sum(size => size.Tried));
        }
    }

    [TestMethod]
    [DataRow("AveragedPerceptron", false)]
    [DataRow("FastForest", false)]
    [DataRow("FastTree", true)]
    public void Models_WithOrWithoutProbability_DecideByScore(string trainer, bool hasProbability)
    {
        var german = German.Value;
        var scored = german.Pipeline(trainer)(new MLContext(1)).Fit(german.Train).Transform(german.Test);
        Assert.AreEqual(hasProbability, scored.Schema.GetColumnOrNull("Probability") is not null);
        var report = Audit(german.Pipeline(trainer), german.Options with { Ranking = Ranking.Random });
        CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), report.Rows.Select(row => row.PredictedLabel).ToArray());
    }

    [TestMethod]
    [DataRow("FastTree")]
    [DataRow("Lbfgs")]
    public void Preparation_FittedOnce_GivesTheSameBits(string trainer)
    {
        var german = German.Value;
        var once = Audit(german.Pipeline(trainer));
        // The last stage is no classifier, so the whole pipeline is refitted each time.
        var whole = Audit(context => german.Pipeline(trainer)(context).Append(context.Transforms.CopyColumns("Copy", "Score")));
        Assert.IsTrue(once.Refits!.PreparationFittedOnce);
        Assert.IsFalse(whole.Refits!.PreparationFittedOnce);
        AssertSameAnswers(whole, once);
    }

    [TestMethod]
    public void Preparation_ThatReadsTheLabel_IsRefitted()
    {
        var german = German.Value;
        IEstimator<ITransformer> Build(MLContext context) => german.Preparation(context)
            .Append(context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Selected", "Features", slotsInOutput: 10))
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Selected"));
        var report = Audit(Build, german.Options with { FeatureColumnName = "Selected" });
        Assert.IsFalse(report.Refits!.PreparationFittedOnce);
        var found = report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found);
        Assert.AreEqual(Scores(Build, german.Flipped(found.FlippedRows))[found.Position], found.CounterfactualScore);
    }

    [TestMethod]
    [DataRow("Sdca", true)]
    [DataRow("FastForest", true)]
    [DataRow("FastTree", false)]
    public void Noise_OfOneObjectFittedAgain_IsReported(string trainer, bool isNoisy)
    {
        var german = German.Value;
        var learner = _catalog.Learners.Estimator(german.Pipeline(trainer)(new MLContext(seed: 1)));
        var options = german.Options with { Ranking = Ranking.LinearSurrogate(), MaxRows = 2 };
        var refits = _catalog.Audit(learner, german.Train, german.Test, options).Report.Refits!;
        Assert.AreEqual(isNoisy, refits.IsNoisy);
        Assert.AreEqual(isNoisy, refits.LargestScoreChange > 0);
        Assert.IsTrue(refits.DecisionsChanged is >= 0 and <= 1 && (isNoisy || refits.DecisionsChanged == 0));
        Assert.AreEqual(!isNoisy, refits.PreparationFittedOnce);
        Assert.IsNull(refits.RankingRemark);
    }

    [TestMethod]
    [DataRow(nameof(Schedule.Adaptive))]
    [DataRow(nameof(Schedule.Predicted))]
    [DataRow(nameof(Schedule.SingleFlips))]
    public void Audit_RankingsOfTheStandIn_FindWhatStandsInMLNetAlone(string schedule)
    {
        var german = German.Value;
        var options = schedule switch
        {
            nameof(Schedule.Adaptive) => german.Options with { Ranking = Ranking.Trajectory(), Schedule = Schedule.Adaptive() },
            nameof(Schedule.Predicted) => german.Options with { Ranking = Ranking.Trajectory(), Schedule = Schedule.Predicted },
            _ => german.Options with { Ranking = Ranking.GradientSimilarity, Schedule = Schedule.SingleFlips },
        };
        var report = Audit(german.Pipeline("FastTree"), options);
        Assert.IsNotNull(report.Refits!.RankingRemark);
        var found = report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found);
        Assert.AreEqual(Scores(german.Pipeline("FastTree"), german.Flipped(found.FlippedRows))[found.Position], found.CounterfactualScore);
    }

    [TestMethod]
    public void Audit_WithEvidence_JudgesRefits()
    {
        var german = German.Value;
        var report = Audit(german.Pipeline("FastTree"), german.Options with { Evidence = new() { Level = EvidenceLevel.Quick }, MaxRows = 8 });
        Assert.AreEqual(0, report.Evidence!.NoiseFloor);
        var evidence = report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found).Evidence!;
        Assert.IsGreaterThan(0, evidence.PlaceboRate.Total);
        Assert.AreEqual(0, evidence.SeedStability.Total, "FastTree does not feel the context's seed");
        Assert.IsNotNull(evidence.Shift);
    }

    [TestMethod]
    public void Audit_WorkersAndMemo_ChangeNothing()
    {
        var german = German.Value;
        var options = german.Options with { Budget = FlipBudget.OfRows(2), Schedule = Schedule.SampledTopK(), MaxRows = 5 };
        var alone = Audit(german.Pipeline("FastTree"), options with { MaxDegreeOfParallelism = 1, MemoBytes = 0 });
        AssertSameAnswers(alone, Audit(german.Pipeline("FastTree"), options with { MaxDegreeOfParallelism = 4 }));
    }

    [TestMethod]
    public void Audit_Cancelled_NamesTheRowsNotReached()
    {
        var german = German.Value;
        using var cancellation = new CancellationTokenSource();
        int fits = 0;
        var learner = _catalog.Learners.Estimator(context =>
        {
            // f, two refits to see noise and four fits to try the preparation, two a seed, come first.
            if (Interlocked.Increment(ref fits) == 11) cancellation.Cancel();
            return german.Pipeline("Lbfgs")(context);
        });
        var report = _catalog.Audit(learner, german.Train, german.Test, german.Options with { MaxDegreeOfParallelism = 1 }, null, cancellation.Token).Report;
        Assert.AreEqual(11, fits);
        Assert.IsGreaterThan(0, report.Summary.NotReached);
        Assert.IsTrue(report.Rows.All(row => float.IsFinite(row.Score)));
        Assert.ThrowsExactly<OperationCanceledException>(
            () => _catalog.Audit(learner, german.Train, german.Test, german.Options, null, cancellation.Token));
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(10)]
    public void Audit_RefitThatThrows_IsADivergedRetrainAndTheAuditGoesOn(int failing)
    {
        var german = German.Value;
        var options = german.Options with { MaxDegreeOfParallelism = 1 };
        var plain = Audit(german.Pipeline("Lbfgs"), options);
        int fits = 0;
        // Fits 1 to 7 are f and those that find out how to refit.
        var report = Audit(context => Interlocked.Increment(ref fits) == failing ? throw new NotImplementedException("no such luck") : german.Pipeline("Lbfgs")(context), options);
        Assert.AreEqual((0, 1), (plain.Summary.DivergedRetrains, report.Summary.DivergedRetrains));
        Assert.IsTrue(report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Failed).All(row => row.Attempts == 1), "only whose sole attempt it was");
        int ofOneFlip = plain.Rows.Where(row => row.FlippedRows.Count > 0).GroupBy(row => row.FlippedRows[0]).Max(rows => rows.Count());
        int lost = plain.Rows.Zip(report.Rows).Count(pair => pair.First.Outcome == CounterfactualOutcome.Found && pair.Second.Outcome != CounterfactualOutcome.Found);
        Assert.IsLessThanOrEqualTo(ofOneFlip, lost, "only who needed that one flip is touched");
        Assert.IsGreaterThan(0, report.Summary.Found);
    }

    [TestMethod]
    public void Audit_ScoresThatAreNoFiniteNumbers_FailTheirRowsAlone()
    {
        // Infinite for some rows, on the side that the label says; the others are as without.
        IEstimator<ITransformer> Build(MLContext context) => Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression())
            .Append(context.Transforms.Expression("Score", "(score, gap) => gap == 4f ? score / 0f : score", "Score", "Gap"));
        IEstimator<ITransformer> Plain(MLContext context) => Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression());
        var context = new MLContext(seed: 1);
        var applicants = Applicant.Draw(40, seed: 2);
        var (train, test) = (context.Data.LoadFromEnumerable(Applicant.Draw(160)), context.Data.LoadFromEnumerable(applicants));
        AuditReport Audited(Func<MLContext, IEstimator<ITransformer>> build) => _catalog.Audit(_catalog.Learners.Estimator(build), train, test, new()
        {
            ProtectedColumnName = "Sex",
            Budget = FlipBudget.OfRows(1),
            Ranking = Ranking.LinearSurrogate(),
            Phi = TestRowFilter.None,
            // What f says of a training row is no finite number either where its gap is 4.
            Psi = TrainingRowFilter.Where("label", (asked, row) => row.Group == asked.Group && row.Label == asked.PredictedLabel),
        }).Report;
        var (report, plain) = (Audited(Build), Audited(Plain));
        Assert.Contains(applicant => applicant.Gap == 4, applicants);
        foreach (var (row, expected) in report.Rows.Zip(plain.Rows))
        {
            if (applicants[(int)row.Position].Gap == 4) Assert.AreEqual((CounterfactualOutcome.Failed, "the model's score of this row is no finite number"), (row.Outcome, row.Reason));
            else Assert.AreEqual((expected.Outcome, expected.Score, expected.CounterfactualScore, expected.Attempts), (row.Outcome, row.Score, row.CounterfactualScore, row.Attempts));
        }
    }

    [TestMethod]
    public void Estimator_FittedModel_IsRefusedWithTheReason()
    {
        var overload = typeof(LearnerCatalog).GetMethod(nameof(LearnerCatalog.Estimator), [typeof(ITransformer)])!;
        var obsolete = overload.GetCustomAttribute<ObsoleteAttribute>()!;
        Assert.IsTrue(obsolete.IsError);
        Assert.Contains("run.BestRun.Estimator instead of run.BestRun.Model", obsolete.Message!);
        var model = German.Value.Pipeline("Lbfgs")(new MLContext(1)).Fit(German.Value.Train);
        var failure = Assert.ThrowsExactly<TargetInvocationException>(() => overload.Invoke(_catalog.Learners, [model]));
        Assert.IsInstanceOfType<NotSupportedException>(failure.InnerException);
        Assert.Contains("cannot be refitted", failure.InnerException.Message);
    }

    [TestMethod]
    public void Audit_PipelinesThatDoNotFit_AreRefused()
    {
        var german = German.Value;
        Assert.Contains("does not end in a binary classifier", Refused(german.Preparation, german.Options));
        Assert.Contains("'Inputs'", Refused(german.Pipeline("Lbfgs"), german.Options with { FeatureColumnName = "Inputs" }));
        Assert.Contains("'Features'", Refused(german.Pipeline("Lbfgs"), german.Options with { FeatureColumnName = "Inputs" }));
        Assert.Contains("returned null", Assert.ThrowsExactly<InvalidOperationException>(() => Audit(_ => null!)).Message);
        Assert.Contains("seed", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _catalog.Learners.Estimator(german.Pipeline("Lbfgs"), 1L << 40)).Message);

        string Refused(Func<MLContext, IEstimator<ITransformer>> build, AuditOptions options)
            => Assert.ThrowsExactly<ArgumentException>(() => Audit(build, options)).Message;
    }

    private AuditReport Audit(Func<MLContext, IEstimator<ITransformer>> build, AuditOptions? options = null) => Run(build, options).Report;

    private AuditRun Run(Func<MLContext, IEstimator<ITransformer>> build, AuditOptions? options = null)
        => _catalog.Audit(_catalog.Learners.Estimator(build), German.Value.Train, German.Value.Test, options ?? German.Value.Options);

    private static float[] Scores(Func<MLContext, IEstimator<ITransformer>> build, IDataView train)
        => [.. build(new MLContext(seed: 1)).Fit(train).Transform(German.Value.Test).GetColumn<float>("Score")];

    private static void AssertSameAnswers(AuditReport expected, AuditReport actual)
    {
        Assert.HasCount(expected.Rows.Count, actual.Rows);
        foreach (var (left, right) in expected.Rows.Zip(actual.Rows))
        {
            Assert.AreEqual(left.Outcome, right.Outcome);
            Assert.AreEqual(left.Score, right.Score);
            Assert.AreEqual(left.CounterfactualScore, right.CounterfactualScore);
            CollectionAssert.AreEqual(left.FlippedRows.ToArray(), right.FlippedRows.ToArray());
        }
    }
}
