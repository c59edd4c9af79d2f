using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>Pipelines that make the label their trainer reads of the raw one: the raw one is turned over, and all is refitted.</summary>
[TestClass]
public sealed class PipelineLabelTests
{
    private static readonly AuditOptions Options = new()
    {
        ProtectedColumnName = "Sex",
        PositiveLabel = "yes",
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
        Ranking = Ranking.LinearSurrogate(),
    };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow("FastTree", "MapValue")]
    [DataRow("FastTree", "MapValueElsewhere")]
    [DataRow("LightGbm", "MapValue")]
    [DataRow("Lbfgs", "MapValue")]
    [DataRow("FastTree", "ConvertType")]
    [DataRow("ReluNetwork", "MapValueToKey")]
    [DataRow("ReluNetwork", "None")]
    public void Audit_LabelMadeOnTheWay_AnswersAsTheBooleanLabelDoes(string trainer, string stage)
    {
        bool isNumber = stage == "ConvertType";
        var (train, test) = isNumber
            ? (LabelledApplicants.Numbers(_context, Train()), LabelledApplicants.Numbers(_context, Test()))
            : (LabelledApplicants.Texts(_context, Train()), LabelledApplicants.Texts(_context, Test()));
        IEstimator<ITransformer> Build(MLContext context)
        {
            var preparation = Applicant.Preparation(context);
            return stage switch
            {
                "MapValue" => preparation.Append(LabelledApplicants.ToBoolean(context)).Append(Trainer(context, trainer)),
                "MapValueElsewhere" => preparation.Append(LabelledApplicants.ToBoolean(context, "Target")).Append(Trainer(context, trainer, "Target")),
                "ConvertType" => preparation.Append(context.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean)).Append(Trainer(context, trainer)),
                "MapValueToKey" => preparation.Append(context.Transforms.Conversion.MapValueToKey("Label")).Append(Trainer(context, trainer, positive: "yes")),
                _ => preparation.Append(Trainer(context, trainer, positive: "yes")),
            };
        }

        var catalog = _context.CounterfactualDatasets();
        var run = catalog.Audit(catalog.Learners.Estimator(Build), train, test, Options with { PositiveLabel = isNumber ? "1" : "yes" });
        var expected = catalog.Audit(
            catalog.Learners.Estimator(context => Applicant.Preparation(context).Append(Trainer(context, trainer))),
            _context.Data.LoadFromEnumerable(Train()), _context.Data.LoadFromEnumerable(Test()), Options with { PositiveLabel = null }).Report;

        Assert.AreEqual(stage == "None", run.Report.Refits!.PreparationFittedOnce);
        Assert.AreEqual(isNumber ? "1" : "yes", run.Report.Provenance.PositiveLabel);
        AssertSameAnswers(expected, run.Report);
        var found = run.Report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found);
        float[] scores = [.. Build(new MLContext(seed: 1)).Fit(run.CounterfactualDataset(found)).Transform(test).GetColumn<float>("Score")];
        Assert.AreEqual(found.CounterfactualScore, scores[found.Position]);
    }

    [TestMethod]
    public void Audit_FileInAnotherOrder_MeansTheSame()
    {
        var rows = Train();
        var swapped = Train();
        int first = swapped.FindIndex(row => row.Label != swapped[0].Label);
        (swapped[0], swapped[first]) = (swapped[first], swapped[0]);
        var (report, other) = (Audit(rows), Audit(swapped));
        Assert.AreEqual(report.Provenance.PositiveLabel, other.Provenance.PositiveLabel);
        foreach (var (left, right) in report.Rows.Zip(other.Rows))
        {
            Assert.AreEqual(left.PredictedLabel, right.PredictedLabel);
            Assert.AreEqual(left.Label, right.Label);
            Assert.AreEqual(left.Score, right.Score, 1e-2);
        }

        AuditReport Audit(List<Applicant> training)
        {
            var catalog = _context.CounterfactualDatasets();
            var learner = catalog.Learners.Estimator(
                context => Applicant.Preparation(context).Append(LabelledApplicants.ToBoolean(context)).Append(Trainer(context, "Lbfgs")));
            return catalog.Audit(learner, LabelledApplicants.Texts(_context, training), LabelledApplicants.Texts(_context, Test()), Options).Report;
        }
    }

    [TestMethod]
    public void Audit_PipelineThatLearnsTheOtherValue_IsRefused()
    {
        string message = Refused(context => Applicant.Preparation(context).Append(LabelledApplicants.ToBoolean(context, positive: "no")).Append(Trainer(context, "FastTree")), Options);
        Assert.Contains("PositiveLabel is 'yes', but a Score of the pipeline above 0 stands for 'no' of column 'Label'", message);
        Assert.Contains("Set PositiveLabel to \"no\"", message);
        message = Refused(context => Applicant.Preparation(context).Append(Trainer(context, "ReluNetwork", positive: "no")), Options);
        Assert.Contains("above 0 stands for 'no'", message);
    }

    [TestMethod]
    public void Audit_BooleanLabelTurnedRound_IsRefused()
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(context => Applicant.Preparation(context).Append(Trainer(context, "FastTree")));
        var failure = Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(
            learner, _context.Data.LoadFromEnumerable(Train()), _context.Data.LoadFromEnumerable(Test()), Options with { PositiveLabel = "False" }));
        Assert.Contains("above 0 stands for 'True'", failure.Message);
    }

    [TestMethod]
    public void Audit_ScoresThatTellNothing_AreReadByTheBooleanColumnElseRefused()
    {
        IEstimator<ITransformer> Blind(MLContext context, IEstimator<ITransformer> last)
            => context.Transforms.Concatenate("Features", "Gap").Append(context.Transforms.Expression("Features", "x => 0f * x", "Features")).Append(last);
        var (train, test) = (LabelledApplicants.Texts(_context, Train()), LabelledApplicants.Texts(_context, Test()));
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.Estimator(context => Blind(context, LabelledApplicants.ToBoolean(context).Append(Trainer(context, "Lbfgs")))),
            train, test, Options with { ProtectedSlots = [] }).Report;
        Assert.AreEqual("yes", report.Provenance.PositiveLabel);
        string message = Refused(context => Blind(context, Trainer(context, "ReluNetwork", positive: "yes")), Options with { ProtectedSlots = [] });
        Assert.Contains("cannot be told", message);
        Assert.Contains("MapValue", message);
    }

    [TestMethod]
    public void Audit_LearnerThatIsWrongOfMostRows_IsReadByTheBooleanColumn()
    {
        // The few rows that count say the opposite of the others: scores rank the training rows the wrong way round.
        var train = Train();
        for (int row = 0; row < train.Count; row++)
        {
            bool counts = row % 10 < 3;
            train[row].Label = train[row].Test > 50 != counts;
            train[row].Gap = counts ? 1 : 1e-3f;
        }

        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(context => context.Transforms.NormalizeMeanVariance("TestZ", "Test").Append(context.Transforms.Concatenate("Features", "TestZ"))
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(exampleWeightColumnName: "Gap")));
        var report = catalog.Audit(
            learner, _context.Data.LoadFromEnumerable(train), _context.Data.LoadFromEnumerable(Test()), Options with { PositiveLabel = null, ProtectedSlots = [] }).Report;
        Assert.AreEqual("True", report.Provenance.PositiveLabel);
        Assert.IsTrue(report.Rows.Zip(Test()).Count(pair => pair.First.PredictedLabel == pair.Second.Test <= 50) > 20, "it learned the opposite");
    }

    [TestMethod]
    public void Audit_OurTrainerOnAnotherColumn_IsReadByItsScores()
    {
        // A Boolean column of the label that the trainer does not read.
        string message = Refused(
            context => Applicant.Preparation(context).Append(LabelledApplicants.ToBoolean(context, "Unread")).Append(Trainer(context, "ReluNetwork", positive: "no")), Options);
        Assert.Contains("above 0 stands for 'no'", message);
    }

    [TestMethod]
    public void Audit_NoPositiveLabel_IsRefusedBeforeAFit()
    {
        int fits = 0;
        string message = Refused(
            context =>
            {
                return new CountedFits(context, () => fits++).Append(Applicant.Preparation(context)).Append(LabelledApplicants.ToBoolean(context)).Append(Trainer(context, "FastTree"));
            },
            Options with { PositiveLabel = null });
        Assert.Contains("Set PositiveLabel to \"no\" or to \"yes\"", message);
        Assert.AreEqual(0, fits);
    }

    [TestMethod]
    public void Audit_LabelNamedThatOnlyThePipelineHas_PointsAtTheRawOne()
    {
        string message = Refused(
            context => Applicant.Preparation(context).Append(LabelledApplicants.ToBoolean(context, "Target")).Append(Trainer(context, "FastTree", "Target")),
            Options with { LabelColumnName = "Target" });
        Assert.Contains("There is no label column 'Target' in the training view", message);
        Assert.Contains("set LabelColumnName to the column that it makes it of", message);
    }

    [TestMethod]
    public void Audit_TestRowsWithoutTheLabelThatThePipelineReads_AreToldSo()
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(context => Applicant.Preparation(context).Append(LabelledApplicants.ToBoolean(context)).Append(Trainer(context, "FastTree")));
        var test = _context.Data.LoadFromEnumerable(Test());
        test = _context.Transforms.DropColumns("Label").Fit(test).Transform(test);
        var failure = Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(learner, LabelledApplicants.Texts(_context, Train()), test, Options));
        Assert.Contains("The pipeline reads the label column 'Label', which the test view does not have", failure.Message);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Audit_TrainerThatTakesNoSuchLabel_NamesTheRemedy(bool isKey)
    {
        string message = Refused(
            context => isKey
                ? Applicant.Preparation(context).Append(context.Transforms.Conversion.MapValueToKey("Label")).Append(Trainer(context, "FastTree"))
                : Applicant.Preparation(context).Append(Trainer(context, "FastTree")),
            Options);
        Assert.Contains("make one of 'Label', true for 'yes'", message);
        Assert.Contains("MapValue", message);
    }

    private string Refused(Func<MLContext, IEstimator<ITransformer>> build, AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(
            catalog.Learners.Estimator(build), LabelledApplicants.Texts(_context, Train()), LabelledApplicants.Texts(_context, Test()), options)).Message;
    }

    private static IEstimator<ITransformer> Trainer(MLContext context, string name, string label = "Label", string? positive = null)
    {
        var trainers = context.BinaryClassification.Trainers;
        return name switch
        {
            "FastTree" => trainers.FastTree(new FastTreeBinaryTrainer.Options { LabelColumnName = label, NumberOfThreads = 1, NumberOfTrees = 8, NumberOfLeaves = 6 }),
            "LightGbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options { LabelColumnName = label, NumberOfThreads = 1, NumberOfIterations = 8, NumberOfLeaves = 6 }),
            "Lbfgs" => trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { LabelColumnName = label, NumberOfThreads = 1 }),
            _ => context.CounterfactualDatasets().ReluNetwork(new() { LabelColumnName = label, PositiveLabel = positive, MaxEpochs = 40 }),
        };
    }

    private static List<Applicant> Train() => Applicant.Draw(160);

    private static List<Applicant> Test() => Applicant.Draw(24, seed: 2);

    private static void AssertSameAnswers(AuditReport expected, AuditReport actual)
    {
        Assert.IsGreaterThan(0, expected.Summary.Found);
        foreach (var (left, right) in expected.Rows.Zip(actual.Rows))
        {
            Assert.AreEqual(left.Outcome, right.Outcome);
            Assert.AreEqual(left.Label, right.Label);
            Assert.AreEqual(left.Score, right.Score);
            Assert.AreEqual(left.CounterfactualScore, right.CounterfactualScore);
            CollectionAssert.AreEqual(left.FlippedRows.ToArray(), right.FlippedRows.ToArray());
        }
    }
}
