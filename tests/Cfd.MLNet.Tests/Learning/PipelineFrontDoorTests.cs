using AutoMlFairnessCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>What is found out about a pipeline before it is audited: whether it can be, and which column holds its features.</summary>
[TestClass]
public sealed class PipelineFrontDoorTests
{
    private static readonly AuditOptions Options = new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = [],
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
        Ranking = Ranking.LinearSurrogate(),
        MaxRows = 2,
    };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow("multiclass")]
    [DataRow("one versus all")]
    [DataRow("regression")]
    [DataRow("no trainer")]
    public void Audit_NoBinaryClassifier_IsRefusedBeforeAnythingIsFitted(string kind)
    {
        int fits = 0;
        IEstimator<ITransformer> Build(MLContext context)
        {
            var first = new CountedFits(context, () => fits++).Append(context.Transforms.Concatenate("Features", "Experience", "Test"));
            var key = context.Transforms.Conversion.MapValueToKey("Label");
            return kind switch
            {
                "multiclass" => first.Append(key).Append(context.MulticlassClassification.Trainers.SdcaMaximumEntropy()),
                "one versus all" => first.Append(key).Append(context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.AveragedPerceptron()))
                    .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")),
                "regression" => first.Append(context.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single)).Append(context.Regression.Trainers.FastTree()),
                _ => first,
            };
        }

        Assert.Contains("does not end in a binary classifier", Assert.ThrowsExactly<ArgumentException>(() => Audit(Build, Options)).Message);
        Assert.AreEqual(0, fits);
    }

    [TestMethod]
    [DataRow("trainer alone")]
    [DataRow("calibrator")]
    [DataRow("copied score")]
    [DataRow("chain in a chain")]
    [DataRow("two vectors")]
    public void FeatureColumn_NotNamed_IsTheLastTrainers(string kind)
    {
        IEstimator<ITransformer> Build(MLContext context)
        {
            var first = context.Transforms.Concatenate("Inputs", "Experience", "Test").Append(context.Transforms.Concatenate("Features", "Gap"));
            var tree = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { FeatureColumnName = "Inputs", NumberOfTrees = 4, NumberOfLeaves = 4 });
            return kind switch
            {
                "calibrator" => first.Append(context.BinaryClassification.Trainers.AveragedPerceptron(featureColumnName: "Inputs"))
                    .Append(context.BinaryClassification.Calibrators.Platt()),
                "copied score" => first.Append(tree).Append(context.Transforms.CopyColumns("Copy", "Score")),
                "chain in a chain" => new EstimatorChain<ITransformer>().Append((IEstimator<ITransformer>)first.Append(tree)),
                "two vectors" => first.Append(context.Transforms.CopyColumns("Others", "Features")).Append(tree),
                _ => first.Append(tree),
            };
        }

        Assert.AreEqual("Inputs", FeatureColumn(Audit(Build, Options)));
        Assert.AreEqual("Features", FeatureColumn(Audit(Build, Options with { FeatureColumnName = "Features" })), "the user's word goes first");
    }

    [TestMethod]
    public void FeatureColumn_SeveralThatFit_AreListed()
    {
        IEstimator<ITransformer> Build(MLContext context)
            => context.Transforms.Concatenate("Left", "Experience", "Test").Append(context.Transforms.Concatenate("Right", "Gap")).Append(context.Transforms.Concatenate("Unread", "Gap"))
                .Append(context.BinaryClassification.Trainers.FieldAwareFactorizationMachine(["Left", "Right"]));
        string message = Assert.ThrowsExactly<ArgumentException>(() => Audit(Build, Options)).Message;
        Assert.Contains("several vectors: 'Left', 'Right'. Name one of them in FeatureColumnName", message);
        Assert.AreEqual("Left", FeatureColumn(Audit(Build, Options with { FeatureColumnName = "Left" })));
    }

    [TestMethod]
    public void FeatureColumn_OneVectorThatTheScoreIsMadeOf_IsIt()
    {
        IEstimator<ITransformer> Build(MLContext context)
            => context.Transforms.Concatenate("Left", "Experience", "Test").Append(context.Transforms.Concatenate("Unread", "Gap"))
                .Append(context.BinaryClassification.Trainers.FieldAwareFactorizationMachine(["Left"]));
        Assert.AreEqual("Left", FeatureColumn(Audit(Build, Options)));
    }

    [TestMethod]
    public async Task FeatureColumn_OfAutoMlsWinners_IsFoundByTheExample()
    {
        var german = GermanCredit.Load(_context, TestData.DataDirectory());
        german = german with { Train = _context.Data.TakeRows(german.Train, 200), Test = _context.Data.TakeRows(german.Test, 10) };
        var classic = FairnessCheck.Audit(_context, AutoMlWinners.Classic(_context, german, seconds: 1), german).Report;
        var sweepable = FairnessCheck.Audit(_context, await AutoMlWinners.SweepableAsync(_context, german, seconds: 1), german).Report;
        Assert.AreEqual(("__Features__", "Features"), (FeatureColumn(classic), FeatureColumn(sweepable)));
        using var printed = new StringWriter();
        FairnessCheck.Print(classic, printed);
        Assert.AreNotEqual(0, classic.Caveats.Count);
        foreach (var caveat in classic.Caveats) Assert.Contains(caveat.Sentence, printed.ToString());
    }

    private AuditReport Audit(Func<MLContext, IEstimator<ITransformer>> build, AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(
            catalog.Learners.Estimator(build), _context.Data.LoadFromEnumerable(Applicant.Draw(120)), _context.Data.LoadFromEnumerable(Applicant.Draw(8, seed: 2)), options).Report;
    }

    private static string FeatureColumn(AuditReport report)
        => report.Provenance.Settings.Single(setting => setting.Name == nameof(AuditOptions.FeatureColumnName)).Value;
}
