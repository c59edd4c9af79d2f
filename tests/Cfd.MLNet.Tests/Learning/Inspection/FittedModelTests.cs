using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Learning.Inspection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Learning.Inspection;

/// <summary>What is read from a fitted pipeline computes the pipeline's own scores.</summary>
[TestClass]
public sealed class FittedModelTests
{
    private readonly InspectionSample _sample = new();

    [TestMethod]
    [DataRow("FastTree")]
    [DataRow("FastForest")]
    [DataRow("LightGbm")]
    [DataRow("Gam")]
    [DataRow("Sdca")]
    [DataRow("SdcaNonCalibrated")]
    [DataRow("Lbfgs")]
    [DataRow("AveragedPerceptron")]
    [DataRow("LinearSvm")]
    [DataRow("SgdCalibrated")]
    [DataRow("SgdNonCalibrated")]
    public void Inspect_Trainer_ReproducesScores(string trainer) => AssertScores(_sample.Trainer(trainer).Fit(_sample.View));

    [TestMethod]
    [DataRow("FastTree")]
    [DataRow("LightGbm")]
    [DataRow("AveragedPerceptron")]
    public void Find_ChainWithinChainAndStagesBehind_FindsTheClassifier(string trainer)
    {
        var ml = _sample.Context;
        var inner = ml.Transforms.NormalizeMeanVariance(nameof(InspectionSample.Row.Numbers)).Append(_sample.Trainer(trainer));
        var pipeline = ml.Transforms.CopyColumns("Raw", nameof(InspectionSample.Row.Numbers)).Append(inner)
            .Append(ml.Transforms.CopyColumns("Answer", "PredictedLabel"))
            .Append(ml.BinaryClassification.Calibrators.Platt());
        AssertScores(pipeline.Fit(_sample.View), stagesBefore: 2);
    }

    [TestMethod]
    public void Find_FastForestBehindCalibrator_IsAveragedTrees()
    {
        var pipeline = _sample.Trainer("FastForest").Append(_sample.Context.BinaryClassification.Calibrators.Isotonic());
        var model = FittedModel.Find(pipeline.Fit(_sample.View))!;
        Assert.AreEqual(nameof(InspectionSample.Row.Numbers), model.FeatureColumn);
        Assert.AreEqual(TreeGrowth.Averaged, ((TreeEnsemble)model.Inspect(_sample.Features)!).Growth);
    }

    [TestMethod]
    public void Find_CategoricalSplits_ReproduceScores()
    {
        var ml = _sample.Context;
        var rows = Enumerable.Range(0, 400).Select(i => new CategoryRow { Category = $"c{i % 23}", Label = i % 23 % 3 == 0 ^ i % 11 == 0 }).ToArray();
        var view = ml.Data.LoadFromEnumerable(rows);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("Features", nameof(CategoryRow.Category)).Append(ml.BinaryClassification.Trainers.LightGbm(
            new Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 10, UseCategoricalSplit = true, MinimumExampleCountPerGroup = 5, MinimumExampleCountPerLeaf = 5 }));
        AssertScores(pipeline.Fit(view), stagesBefore: 1, view);
    }

    [TestMethod]
    [DataRow("Prior", null)]
    [DataRow("LdSvm", nameof(InspectionSample.Row.Numbers))]
    [DataRow("FieldAware", null)]
    public void Inspect_UnknownKind_IsNull(string trainer, string? featureColumn)
    {
        var model = FittedModel.Find(_sample.Trainer(trainer).Fit(_sample.View))!;
        Assert.AreEqual(featureColumn, model.FeatureColumn);
        Assert.IsNull(model.Inspect(_sample.Features));
    }

    [TestMethod]
    public void Find_NoClassifier_IsNull()
        => Assert.IsNull(FittedModel.Find(_sample.Context.Transforms.CopyColumns("Copy", nameof(InspectionSample.Row.Numbers)).Fit(_sample.View)));

    [TestMethod]
    [DataRow("Lbfgs", true)]
    [DataRow("Sdca", true)]
    [DataRow("SgdCalibrated", true)]
    [DataRow("AveragedPerceptron", false)]
    [DataRow("LinearSvm", false)]
    public void Inspect_LinearModel_TellsWhetherItIsLogistic(string trainer, bool isLogistic)
    {
        var model = FittedModel.Find(_sample.Trainer(trainer).Fit(_sample.View))!.Inspect(_sample.Features);
        Assert.AreEqual(isLogistic, ((LinearModel)model!).IsLogistic);
    }

    private void AssertScores(ITransformer pipeline, int stagesBefore = 0, IDataView? rows = null)
    {
        var view = rows ?? _sample.View;
        var found = FittedModel.Find(pipeline)!;
        Assert.HasCount(stagesBefore, found.Preparation);
        var prepared = found.Preparation.Aggregate(view, (data, stage) => stage.Transform(data));
        var features = FeatureMatrix.FromRows([.. prepared.GetColumn<float[]>(found.FeatureColumn!)]);
        var model = found.Inspect(features)!;
        float[] scores = BinaryScores.Read(pipeline.Transform(view));
        Assert.IsGreaterThan(1, scores.Distinct().Count(), "scores that all are the same show nothing");
        double largest = scores.Max(Math.Abs);
        for (int row = 0; row < scores.Length; row++)
            Assert.AreEqual(scores[row], model.Score(features.Row(row)), 2e-6 * largest, $"row {row}");
    }

    private sealed class CategoryRow
    {
        public string Category { get; set; } = "";

        public bool Label { get; set; }
    }
}
