using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>The search saved with its pipeline and loaded again.</summary>
[TestClass]
public sealed class SavedSearchTests
{
    private readonly MLContext _context = new(seed: 1);

    private static GenerateOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        Budget = FlipBudget.OfRows(4),
        Schedule = Schedule.SampledTopK(),
        Network = new() { HiddenLayers = [9, 5], MaxEpochs = 80 },
    };

    [TestMethod]
    [DataRow(null)]
    [DataRow("Id")]
    public void Load_Plainly_AnswersAsBefore(string? rowIdColumn)
    {
        var raw = _context.Data.LoadFromEnumerable(Applicant.Draw(160));
        var test = _context.Data.LoadFromEnumerable(Applicant.Draw(30, seed: 2));
        var model = Applicant.Preparation(_context)
            .Append(_context.CounterfactualDatasets().Generate(Options with { RowIdColumnName = rowIdColumn })).Fit(raw);
        var loaded = SaveAndLoad(model, raw.Schema);
        string[] expected = Answers(model.Transform(test), rowIdColumn is not null);
        CollectionAssert.AreEqual(expected, Answers(loaded.Transform(test), rowIdColumn is not null));
        var restored = _context.CounterfactualDatasets().Rehydrate(loaded);
        CollectionAssert.AreEqual(expected, Answers(restored.Transform(test), rowIdColumn is not null));
        Assert.IsTrue(expected.Any(answer => answer.StartsWith("Found", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("key")]
    [DataRow("bool")]
    [DataRow("number")]
    [DataRow("double")]
    [DataRow("whole")]
    public void Load_ProtectedColumnOfOtherTypes_AnswersAsBefore(string type)
    {
        IDataView Typed(int count, ulong seed) => type switch
        {
            "key" => _context.Transforms.Conversion.MapValueToKey("Group", "Sex").Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context, count, seed)),
            "bool" => _context.Transforms.Expression("Group", "x => x == \"male\"", "Sex").Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context, count, seed)),
            "double" => _context.Transforms.Conversion.ConvertType("Group", "Group", DataKind.Double).Fit(Number(count, seed)).Transform(Number(count, seed)),
            "whole" => _context.Transforms.Expression("Group", "x => x == \"male\" ? 20240132 : 7", "Sex").Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context, count, seed)),
            _ => Number(count, seed),
        };
        // Seven digits do not tell these numbers from their neighbours.
        IDataView Number(int count, ulong seed) => _context.Transforms.Expression("Group", "x => x == \"male\" ? 20240132f : 0.1f", "Sex")
            .Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context, count, seed));
        var train = Typed(160, 1);
        var test = Typed(20, 2);
        var model = _context.CounterfactualDatasets().Generate(Options with { ProtectedColumnName = "Group" }).Fit(train);
        var loaded = SaveAndLoad(model, train.Schema);
        string[] expected = Answers(model.Transform(test), hasIds: false);
        CollectionAssert.AreEqual(expected, Answers(loaded.Transform(test), hasIds: false));
        var savedTwice = SaveAndLoad(_context.CounterfactualDatasets().Rehydrate(loaded), train.Schema);
        CollectionAssert.AreEqual(expected, Answers(savedTwice.Transform(test), hasIds: false), "saved, loaded, restored and saved again");
        Assert.IsFalse(expected.Any(answer => answer.StartsWith("Failed", StringComparison.Ordinal)), string.Join("; ", expected));
    }

    [TestMethod]
    public void Rehydrate_LoadedSearch_HandsOutTheCounterfactualDataset()
    {
        var train = Applicant.Prepared(_context);
        var model = _context.CounterfactualDatasets().Generate(Options).Fit(train);
        var restored = (CounterfactualDatasetTransformer)_context.CounterfactualDatasets().Rehydrate(SaveAndLoad(model, train.Schema));
        long row = model.Table.Positions[10];
        var stored = restored.CounterfactualDataset([row]);
        CollectionAssert.AreEqual(
            model.CounterfactualDataset([row]).GetColumn<bool>("Label").ToArray(), stored.GetColumn<bool>("Label").ToArray());
        var expected = train.GetColumn<float[]>("Features").ToArray();
        var actual = stored.GetColumn<float[]>("Features").ToArray();
        for (int i = 0; i < expected.Length; i++) CollectionAssert.AreEqual(expected[i], actual[i]);

        // D' of the loaded model trains to the f' of the original one.
        var refitted = _context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [9, 5], MaxEpochs = 80 }).Fit(stored);
        CollectionAssert.AreEqual(
            model.CounterfactualModel([row]).Model.Ensemble.Members[0].Network.Parameters.ToArray(), refitted.Model.Ensemble.Members[0].Network.Parameters.ToArray());
    }

    [TestMethod]
    public void Save_KeyWithoutNames_IsRefusedWithTheRemedy()
    {
        var hash = _context.Transforms.Conversion.Hash("Group", "Sex", numberOfBits: 12);
        var train = hash.Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context));
        var model = _context.CounterfactualDatasets().Generate(Options with { ProtectedColumnName = "Group" }).Fit(train);
        Assert.Contains("MapKeyToValue", Assert.Throws<Exception>(() => SaveAndLoad(model, train.Schema)).ToString());
    }

    [TestMethod]
    public void Load_FeaturesOfAnotherSize_AreRefused()
    {
        var train = Applicant.Prepared(_context);
        var loaded = SaveAndLoad(_context.CounterfactualDatasets().Generate(Options).Fit(train), train.Schema);
        var narrow = _context.Transforms.Concatenate("Features", "SexCode", "TestZ").Fit(train).Transform(train);
        foreach (string column in new[] { "Score", "CfdScore" })
            Assert.Contains("was trained on 5", Assert.Throws<Exception>(() => loaded.Transform(narrow).GetColumn<float>(column).ToArray()).ToString());
    }

    [TestMethod]
    public void Rehydrate_LoadedSearch_ItsDatasetCanBeSearchedAgain()
    {
        var train = Applicant.Prepared(_context);
        var model = _context.CounterfactualDatasets().Generate(Options with { RowIdColumnName = "Id" }).Fit(train);
        var restored = (CounterfactualDatasetTransformer)_context.CounterfactualDatasets().Rehydrate(SaveAndLoad(model, train.Schema));
        var stored = restored.CounterfactualDataset([model.Table.RowIds![4]]);
        CollectionAssert.AreEqual(train.GetColumn<string>("Id").ToArray(), stored.GetColumn<string>("Id").ToArray());
        CollectionAssert.AreEqual(train.GetColumn<string>("Sex").ToArray(), stored.GetColumn<string>("Sex").ToArray());
        using var again = _context.CounterfactualDatasets().Generate(Options with { RowIdColumnName = "Id" }).Fit(stored);
        CollectionAssert.AreEqual(
            model.CounterfactualModel([model.Table.RowIds![4]]).Model.Ensemble.Members[0].Network.Parameters.ToArray(), again.Model.Model.Ensemble.Members[0].Network.Parameters.ToArray());
    }

    [TestMethod]
    public void Save_UserPredicate_IsRefusedWithTheReason()
    {
        var train = Applicant.Prepared(_context);
        foreach (var options in new[]
        {
            Options with { Phi = TestRowFilter.Where("my phi", _ => true) },
            Options with { Psi = TrainingRowFilter.Where("my psi", (_, _) => true) },
        })
        {
            var model = _context.CounterfactualDatasets().Generate(options).Fit(train);
            var failure = Assert.Throws<Exception>(() => SaveAndLoad(model, train.Schema));
            Assert.Contains("my p", failure.ToString());
            Assert.Contains("cannot be written", failure.ToString());
        }
    }

    private static string[] Answers(IDataView view, bool hasIds)
    {
        string[] outcomes = [.. view.GetColumn<string>("CfdOutcome")], reasons = [.. view.GetColumn<string>("CfdReason")];
        string[] flips = hasIds
            ? [.. view.GetColumn<string[]>("CfdFlippedRows").Select(ids => string.Join(',', ids))]
            : [.. view.GetColumn<long[]>("CfdFlippedRows").Select(rows => string.Join(',', rows))];
        float[] scores = [.. view.GetColumn<float>("Score")], counterfactual = [.. view.GetColumn<float>("CfdScore")];
        int[] attempts = [.. view.GetColumn<int>("CfdAttempts")], counts = [.. view.GetColumn<int>("CfdFlipCount")];
        return [.. outcomes.Select((outcome, i) => $"{outcome} {reasons[i]} [{flips[i]}] {counts[i]} {scores[i]:R} {counterfactual[i]:R} {attempts[i]}")];
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema)
    {
        var stream = new MemoryStream();
        _context.Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
