using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>Models in sealed files.</summary>
[TestClass]
public sealed class ModelFileTests
{
    private static readonly MLContext Context = new(seed: 1);
    private static readonly CounterfactualDatasetCatalog Catalog = Context.CounterfactualDatasets();
    private static readonly IDataView Rows = Applicant.Prepared(Context, 80);
    private static readonly ReluNetworkTransformer Model = Catalog.ReluNetwork(new() { HiddenLayers = [4], MaxEpochs = 5 }).Fit(Rows);

    [TestMethod]
    public void LoadModel_WhatWasSaved_IsTheSameAndTyped()
    {
        using var file = new TemporaryFile();
        Catalog.SaveModel(Model, Rows.Schema, file.Path);
        var loaded = Catalog.LoadModel(file.Path, out var schema);
        Assert.AreEqual(Rows.Schema.Count, schema!.Count);
        Assert.IsTrue(loaded is ReluNetworkTransformer || ((IEnumerable<ITransformer>)loaded).Single() is ReluNetworkTransformer);
        CollectionAssert.AreEqual(Scores(Model), Scores(loaded));
        CollectionAssert.AreEqual(Scores(Model), Scores(Context.Model.Load(file.Path, out _)), "ML.NET reads it, too");
        Catalog.SaveModel(Model, null, file.Path);
        Catalog.LoadModel(file.Path, out var none);
        Assert.IsNull(none);
    }

    [TestMethod]
    public void LoadModel_AnyChangedOrLostByte_IsRefused()
    {
        using var file = new TemporaryFile();
        Catalog.SaveModel(Model, Rows.Schema, file.Path);
        byte[] whole = File.ReadAllBytes(file.Path);
        for (int at = 0; at < whole.Length; at += 1 + (whole.Length / 400))
        {
            byte[] changed = [.. whole];
            changed[at] ^= 4;
            Refused(changed);
            Refused(whole[..at]);
        }

        void Refused(byte[] bytes)
        {
            File.WriteAllBytes(file.Path, bytes);
            Assert.Contains(file.Path, Assert.ThrowsExactly<InvalidDataException>(() => Catalog.LoadModel(file.Path, out _)).Message);
        }
    }

    [TestMethod]
    public void LoadModel_WithoutASeal_SaysWhatReadsIt()
    {
        using var file = new TemporaryFile();
        Context.Model.Save(Model, Rows.Schema, file.Path);
        Assert.Contains("mlContext.Model.Load", Assert.ThrowsExactly<InvalidDataException>(() => Catalog.LoadModel(file.Path, out _)).Message);
    }

    [TestMethod]
    public void SaveModel_NoSuchFolder_FailsAndKeepsNothing()
        => Assert.Throws<IOException>(() => Catalog.SaveModel(Model, null, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "model.zip")));

    private static float[] Scores(ITransformer model) => [.. model.Transform(Rows).GetColumn<float>("Score")];
}
