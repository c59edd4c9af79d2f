using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>What ML.NET does with a chain that holds one of our transformers, before and after it was saved and loaded.</summary>
[TestClass]
public sealed class MLNetConsumerTests
{
    private const int Threads = 16;
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow("network", false)]
    [DataRow("network", true)]
    [DataRow("search", false)]
    [DataRow("search", true)]
    public void ConvertToOnnx_OfAChainWithOurNetwork_ThrowsInsteadOfLeavingItOut(string kind, bool isLoaded)
    {
        var (model, rows) = Chain(kind, isLoaded);
        using var stream = new MemoryStream();
        var failure = Assert.Throws<Exception>(() => _context.Model.ConvertToOnnx(model, rows, stream));
        Assert.Contains(isLoaded ? "can not be fully converted" : "cannot be exported to ONNX", failure.ToString());
        Assert.AreEqual(0, stream.Length);
        Assert.IsNotEmpty(model.Transform(rows).GetColumn<float>("Score").ToArray(), "everyone else may transform as before");
    }

    [TestMethod]
    [DataRow("network", false)]
    [DataRow("network", true)]
    [DataRow("search", false)]
    [DataRow("search", true)]
    public void Consumers_OfAChain_SeeTheSameScores(string kind, bool isLoaded)
    {
        var (model, rows) = Chain(kind, isLoaded);
        var answered = model.Transform(rows);
        float[] scores = [.. answered.GetColumn<float>("Score")];
        var preview = answered.Preview(5);
        CollectionAssert.AreEqual(scores[..5], preview.RowView.Select(row => (float)row.Values.First(value => value.Key == "Score").Value).ToArray());
        CollectionAssert.AreEqual(scores, _context.Data.Cache(answered).GetColumn<float>("Score").ToArray());
        var metrics = _context.BinaryClassification.Evaluate(answered);
        Assert.AreEqual(metrics.Accuracy, _context.BinaryClassification.Evaluate(_context.Data.Cache(answered)).Accuracy);
        Assert.IsGreaterThan(0.6, metrics.Accuracy);
        using var saved = new MemoryStream();
        _context.Model.Save(model, rows.Schema, saved);
        saved.Position = 0;
        CollectionAssert.AreEqual(scores, _context.Model.Load(saved, out _).Transform(rows).GetColumn<float>("Score").ToArray());
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
            CollectionAssert.AreEqual(scores, model.Transform(rows).GetColumn<float>("Score").ToArray()));
    }

    [TestMethod]
    public void PermutationFeatureImportance_OfTheNetwork_NamesTheFeatures()
    {
        var train = Applicant.Prepared(_context);
        var model = _context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [4], MaxEpochs = 40 }).Fit(train);
        var importance = _context.BinaryClassification.PermutationFeatureImportance(model, model.Transform(train), permutationCount: 2);
        Assert.IsTrue(importance.Any(feature => feature.AreaUnderRocCurve.Mean < 0), "shuffling a feature that matters costs accuracy");
    }

    [TestMethod]
    public void CrossValidate_OfTheTrainerAndTheSearch_GivesAModelAFold()
    {
        var rows = _context.Data.LoadFromEnumerable(Applicant.Draw(200));
        var catalog = _context.CounterfactualDatasets();
        IEstimator<ITransformer>[] estimators =
        [
            Applicant.Preparation(_context).Append(catalog.ReluNetwork(new() { HiddenLayers = [4], MaxEpochs = 40 })),
            Applicant.Preparation(_context).Append(catalog.Generate(Options)),
        ];
        foreach (var estimator in estimators)
        {
            var folds = _context.BinaryClassification.CrossValidate(rows, estimator, numberOfFolds: 3);
            Assert.HasCount(3, folds);
            foreach (var fold in folds) Assert.IsGreaterThan(0.5, fold.Metrics.Accuracy);
        }
    }

    private static GenerateOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        Network = new() { HiddenLayers = [4], MaxEpochs = 40 },
    };

    private (ITransformer Model, IDataView Rows) Chain(string kind, bool isLoaded)
    {
        var rows = _context.Data.LoadFromEnumerable(Applicant.Draw(120));
        var catalog = _context.CounterfactualDatasets();
        ITransformer model = kind == "network"
            ? Applicant.Preparation(_context).Append(catalog.ReluNetwork(new() { HiddenLayers = [4], MaxEpochs = 40 })).Fit(rows)
            : Applicant.Preparation(_context).Append(catalog.Generate(Options)).Fit(rows);
        if (!isLoaded) return (model, rows);
        using var saved = new MemoryStream();
        _context.Model.Save(model, rows.Schema, saved);
        saved.Position = 0;
        return (_context.Model.Load(saved, out _), rows);
    }
}
