using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Filtering;

/// <summary>phi and psi, by default and by the user's own predicates.</summary>
[TestClass]
public sealed class FilterTests
{
    private readonly MLContext _context = new(seed: 1);

    private static GenerateOptions Options => new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"] };

    [TestMethod]
    public void ProtectedSlots_ByNameOrPrefix_AreFound()
    {
        var table = Table(Applicant.Prepared(_context));
        Assert.IsTrue(ProtectedSlots.Find(table, []).IsEmpty);
        var slots = ProtectedSlots.Find(table, ["SexCode"]);
        float[] features = [0, 1, 5, 6, 7];
        Assert.IsTrue(slots.TryMoveTo(table.GroupNames.IndexOf("female"), features));
        CollectionAssert.AreEqual(new float[] { 1, 0, 5, 6, 7 }, features);
        Assert.IsTrue(slots.TryMoveTo(table.GroupNames.IndexOf("male"), features));
        CollectionAssert.AreEqual(new float[] { 0, 1, 5, 6, 7 }, features);
    }

    [TestMethod]
    public void ProtectedSlots_EncodedUnderAnotherName_AreNotOverlooked()
    {
        var failure = Assert.ThrowsExactly<ArgumentException>(() => ProtectedSlots.Find(Table(Applicant.Prepared(_context)), null));
        Assert.Contains("'SexCode.female', 'SexCode.male'", failure.Message);
        Assert.Contains("ProtectedSlots", failure.Message);
    }

    [TestMethod]
    public void ProtectedSlots_UnknownName_ListsTheSlots()
    {
        var failure = Assert.ThrowsExactly<ArgumentException>(() => ProtectedSlots.Find(Table(Applicant.Prepared(_context)), ["Gender"]));
        Assert.Contains("'Gender'", failure.Message);
        Assert.Contains("SexCode.female, SexCode.male, ExperienceZ", failure.Message);
    }

    [TestMethod]
    public void ProtectedSlots_NotConstantWithinAGroup_NamesTheRow()
    {
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => ProtectedSlots.Find(Table(Applicant.Prepared(_context)), ["TestZ"]));
        Assert.Contains("slot 3 ('TestZ')", failure.Message);
        Assert.Contains("one value a group", failure.Message);
    }

    [TestMethod]
    public void Prepare_DefaultPhi_TurnsAwayRowsThatTheProtectedAttributeDecides()
    {
        var (finder, model) = Finder(Options);
        var test = Applicant.Prepared(_context, 80, seed: 2);
        float[][] features = [.. test.GetColumn<float[]>("Features")];
        string[] groups = [.. test.GetColumn<string>("Sex")];
        int turnedAway = 0;
        for (int row = 0; row < features.Length; row++)
        {
            float[] other = [features[row][1], features[row][0], .. features[row][2..]];
            bool sameDecision = model.Base.Logit(other, -1) > 0 == model.Base.Logit(features[row], row) > 0;
            var search = finder.Prepare(features[row], groups[row]);
            Assert.AreEqual(!sameDecision, search.Outcome == CounterfactualOutcome.FilteredOut);
            if (sameDecision) continue;
            turnedAway++;
            Assert.AreEqual("ProtectedAttributeInvariant", search.Reason);
        }

        Assert.IsGreaterThan(0, turnedAway, "the sample has such rows");
    }

    [TestMethod]
    public void AdmittedRows_DefaultPsi_ShareGroupLabelAndPrediction()
    {
        var (finder, model) = Finder(Options);
        float[] row = [1, 0, 0.3f, 0.2f, 0];
        bool predicted = model.Base.Logit(row, -1) > 0;
        int[] expected = [.. Enumerable.Range(0, model.Table.Rows).Where(i => model.Table.GroupNames[model.Table.Groups[i]] == "female"
            && (model.Table.Labels[i] > 0.5f) == predicted
            && (model.TrainingLogits[i] > 0) == predicted)];
        Assert.IsNotEmpty(expected);
        CollectionAssert.AreEqual(expected, finder.AdmittedRows(row, "female", -1));
    }

    [TestMethod]
    public void Prepare_OwnPredicates_AreAsked()
    {
        var options = Options with
        {
            Phi = TestRowFilter.Where("only women", row => row.Group == "female"),
            Psi = TrainingRowFilter.Where("juniors", (test, row) => row.Features.Span[2] < 0 && row.Label == test.PredictedLabel),
        };
        var (finder, model) = Finder(options);
        float[] features = [0, 1, 0.3f, 0.2f, 0];
        var turnedAway = finder.Prepare(features, "male");
        Assert.AreEqual(CounterfactualOutcome.FilteredOut, turnedAway.Outcome);
        Assert.AreEqual("only women", turnedAway.Reason);
        var search = finder.Prepare(features, "female");
        Assert.IsNull(search.Outcome);
        int[] admitted = finder.AdmittedRows(features, "female", -1);
        Assert.AreEqual(admitted.Length, search.Candidates);
        Assert.IsTrue(admitted.All(row => model.Table.Features.Row(row)[2] < 0));
    }

    [TestMethod]
    public void Prepare_ThrowingPredicate_FailsTheRowWithTheReason()
    {
        var psi = TrainingRowFilter.Where("broken", (_, _) => throw new FormatException("oops"));
        var (finder, _) = Finder(Options with { Phi = TestRowFilter.None, Psi = psi });
        var search = finder.Prepare([0, 1, 0, 0, 0], "male");
        Assert.AreEqual(CounterfactualOutcome.Failed, search.Outcome);
        Assert.AreEqual("filter 'broken' threw FormatException: oops", search.Reason);
    }

    [TestMethod]
    public void Prepare_NoRowPassesPsi_SaysSo()
    {
        var (finder, _) = Finder(Options with { Psi = TrainingRowFilter.Where("nobody", (_, _) => false), Phi = TestRowFilter.None });
        var search = finder.Prepare([0, 1, 0, 0, 0], "male");
        Assert.AreEqual(CounterfactualOutcome.NoCandidates, search.Outcome);
        Assert.Contains("nobody", search.Reason);
    }

    private static TrainingTable Table(IDataView data)
        => TableReader.Read(data, null, new("Features", "Label", Protected: "Sex"), 0.25, 1, CancellationToken.None);

    private (CounterfactualFinder Finder, SearchModel Model) Finder(GenerateOptions options)
    {
        var model = SearchModel.Train(
            Table(Applicant.Prepared(_context)), options.Network, options, ManagedTrainingEngine.Default, null, CancellationToken.None);
        return (new CounterfactualFinder(model, SearchSetup.Create(model.Table, options, options.Network)), model);
    }
}
