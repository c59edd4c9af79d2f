using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>The trainer as ML.NET's users meet it.</summary>
[TestClass]
public sealed class ReluNetworkTrainerTests
{
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Fit_OnLearnableData_BeatsChance()
    {
        var train = Applicant.Prepared(_context, 600);
        var model = _context.CounterfactualDatasets().ReluNetwork().Fit(train);
        var metrics = _context.BinaryClassification.Evaluate(model.Transform(Applicant.Prepared(_context, 300, seed: 2)));
        Assert.IsGreaterThan(0.8, metrics.AreaUnderRocCurve);
        Assert.IsLessThan(0.65, metrics.LogLoss, "the probability is calibrated enough to evaluate");
    }

    [TestMethod]
    public void Fit_Twice_GivesTheSameBits()
    {
        var data = Applicant.Prepared(_context);
        var trainer = _context.CounterfactualDatasets().ReluNetwork(new() { BatchSize = 32 });
        CollectionAssert.AreEqual(
            trainer.Fit(data).Model.Ensemble.Members[0].Network.Parameters.ToArray(), trainer.Fit(data).Model.Ensemble.Members[0].Network.Parameters.ToArray());
    }

    [TestMethod]
    public void Transform_ScoreColumns_AgreeWithEachOther()
    {
        var data = Applicant.Prepared(_context);
        var model = _context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [5, 3, 4] }).Fit(data);
        var scored = model.Transform(data);
        float[] scores = [.. scored.GetColumn<float>("Score")], probabilities = [.. scored.GetColumn<float>("Probability")];
        bool[] labels = [.. scored.GetColumn<bool>("PredictedLabel")];
        float[][] features = [.. data.GetColumn<float[]>("Features")];
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.AreEqual(model.Model.Score(features[row]), scores[row]);
            Assert.AreEqual(1 / (1 + Math.Exp(-scores[row])), probabilities[row], 1e-6);
            Assert.AreEqual(scores[row] > 0, labels[row]);
        }
    }

    [TestMethod]
    public void Fit_InAPipeline_CrossValidates()
    {
        var data = _context.Data.LoadFromEnumerable(Applicant.Draw(300));
        var pipeline = Applicant.Preparation(_context).Append(_context.CounterfactualDatasets().ReluNetwork(new() { MaxEpochs = 60 }));
        var folds = _context.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3);
        Assert.HasCount(3, folds);
        foreach (var fold in folds) Assert.IsGreaterThan(0.7, fold.Metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void PredictionEngine_GivesTheTransformsAnswer()
    {
        var data = _context.Data.LoadFromEnumerable(Applicant.Draw(120));
        var model = Applicant.Preparation(_context).Append(_context.CounterfactualDatasets().ReluNetwork()).Fit(data);
        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        using var engine = _context.Model.CreatePredictionEngine<Applicant, Prediction>(model);
        var applicants = Applicant.Draw(120);
        for (int row = 0; row < scores.Length; row++) Assert.AreEqual(scores[row], engine.Predict(applicants[row]).Score);
    }

    [TestMethod]
    public void PermutationFeatureImportance_FindsTheTestScoreMostImportant()
    {
        var data = Applicant.Prepared(_context, 600);
        var model = _context.CounterfactualDatasets().ReluNetwork().Fit(data);
        var importance = _context.BinaryClassification.PermutationFeatureImportance(model, data);
        // Slots: Sex.female, Sex.male, Experience, Test, Gap.
        double[] losses = [.. importance.Select(slot => slot.AreaUnderRocCurve.Mean)];
        Assert.HasCount(5, losses);
        Assert.AreEqual(3, Array.IndexOf(losses, losses.Min()));
    }

    [TestMethod]
    public void Save_LoadedByPlainLoad_GivesTheSameBits()
    {
        var data = _context.Data.LoadFromEnumerable(Applicant.Draw(120));
        var model = Applicant.Preparation(_context).Append(_context.CounterfactualDatasets().ReluNetwork()).Fit(data);
        var loaded = SaveAndLoad(model, data.Schema);
        CollectionAssert.AreEqual(
            model.Transform(data).GetColumn<float>("Score").ToArray(), loaded.Transform(data).GetColumn<float>("Score").ToArray());
        Assert.IsNull(loaded.GetOutputSchema(data.Schema).GetColumnOrNull("__cfd_state"), "helper columns are dropped");
    }

    [TestMethod]
    public void Rehydrate_LoadedModel_GivesTheTypedTransformer()
    {
        var data = Applicant.Prepared(_context);
        var model = _context.CounterfactualDatasets().ReluNetwork().Fit(data);
        var restored = (ReluNetworkTransformer)_context.CounterfactualDatasets().Rehydrate(SaveAndLoad(model, data.Schema));
        CollectionAssert.AreEqual(model.Model.Ensemble.Members[0].Network.Parameters.ToArray(), restored.Model.Ensemble.Members[0].Network.Parameters.ToArray());
        Assert.AreEqual("Features", restored.FeatureColumnName);
        Assert.AreEqual(model.Model.BestEpoch, restored.Model.BestEpoch);
    }

    [TestMethod]
    public void Fit_ValidationView_TrainsOnAllRowsOfTheTrainingView()
    {
        var train = Applicant.Prepared(_context);
        var validation = Applicant.Prepared(_context, 80, seed: 3);
        var catalog = _context.CounterfactualDatasets();
        var withView = catalog.ReluNetwork(new() { MaxEpochs = 1 }, validation).Fit(train);
        var withoutValidation = catalog.ReluNetwork(new() { MaxEpochs = 1, ValidationShare = 0 }).Fit(train);
        CollectionAssert.AreEqual(
            withoutValidation.Model.Ensemble.Members[0].Network.Parameters.ToArray(), withView.Model.Ensemble.Members[0].Network.Parameters.ToArray(),
            "one epoch on the same rows, whether validated or not");
    }

    [TestMethod]
    public void Model_WeightsAndBiases_HaveTheShapesOfTheLayers()
    {
        var model = _context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [7, 3] }).Fit(Applicant.Prepared(_context)).Model;
        Assert.AreEqual(5, model.InputCount);
        CollectionAssert.AreEqual(new[] { 35, 21, 3 }, Enumerable.Range(0, 3).Select(layer => model.Weights(layer).Length).ToArray());
        CollectionAssert.AreEqual(new[] { 7, 3, 1 }, Enumerable.Range(0, 3).Select(layer => model.Biases(layer).Length).ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Weights(3));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score(new float[4]));
    }

    [TestMethod]
    public void Fit_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var trainer = _context.CounterfactualDatasets().ReluNetwork(cancellationToken: source.Token);
        Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Fit(Applicant.Prepared(_context)));
    }

    [TestMethod]
    public void ReluNetwork_RowWeights_AreSaidToBeUnsupported()
        => Assert.Contains("row weights are not supported", Assert.ThrowsExactly<NotSupportedException>(
            () => _context.CounterfactualDatasets().ReluNetwork(new() { ExampleWeightColumnName = "Weight" })).Message);

    [TestMethod]
    public void ReluNetwork_OptionsOutOfRange_AreRefusedWithTheRange()
    {
        Assert.Contains("HiddenLayers[1] is 0; allowed is 1 to 4096", Refused(new() { HiddenLayers = [3, 0] }));
        Assert.Contains("MaxEpochs is 0; allowed is 1 to 100000", Refused(new() { MaxEpochs = 0 }));
        Assert.Contains("BatchSize is -1", Refused(new() { BatchSize = -1 }));

        string Refused(ReluNetworkOptions options) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _context.CounterfactualDatasets().ReluNetwork(options)).Message;
    }

    [TestMethod]
    public void GetOutputSchema_MissingFeatures_SaysWhatIsThere()
    {
        var trainer = _context.CounterfactualDatasets().ReluNetwork(new() { FeatureColumnName = "Inputs" });
        var failure = Assert.Throws<ArgumentException>(
            () => Applicant.Preparation(_context).Append(trainer).Fit(_context.Data.LoadFromEnumerable(Applicant.Draw(20))));
        Assert.Contains("'Inputs'", failure.Message);
        Assert.Contains("'Features'", failure.Message);
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema)
    {
        var stream = new MemoryStream();
        _context.Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
