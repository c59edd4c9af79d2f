using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Tests.Search;
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
        var (search, f) = Search(Options);
        var test = Applicant.Prepared(_context, 80, seed: 2);
        float[][] features = [.. test.GetColumn<float[]>("Features")];
        string[] groups = [.. test.GetColumn<string>("Sex")];
        int turnedAway = 0;
        for (int row = 0; row < features.Length; row++)
        {
            float[] other = [features[row][1], features[row][0], .. features[row][2..]];
            bool sameDecision = f.Logit(other) > 0 == f.Logit(features[row]) > 0;
            var filtered = Apply(search, f, features[row], groups[row]);
            Assert.AreEqual(!sameDecision, filtered.Outcome == CounterfactualOutcome.FilteredOut);
            if (sameDecision) continue;
            turnedAway++;
            Assert.AreEqual("ProtectedAttributeInvariant", filtered.Reason);
        }

        Assert.IsGreaterThan(0, turnedAway, "the sample has such rows");
    }

    [TestMethod]
    public void AdmittedRows_DefaultPsi_ShareGroupLabelAndPrediction()
    {
        var (search, f) = Search(Options);
        var model = search.Model;
        float[] row = [1, 0, 0.3f, 0.2f, 0];
        bool predicted = f.Logit(row) > 0;
        int[] expected = [.. Enumerable.Range(0, model.Table.Rows).Where(i => model.Table.GroupNames[model.Table.Groups[i]] == "female"
            && (model.Table.Labels[i] > 0.5f) == predicted
            && (model.TrainingLogits[i] > 0) == predicted)];
        Assert.IsNotEmpty(expected);
        CollectionAssert.AreEqual(expected, search.Filter.Admitted(Asked(search, f, row, "female"), 0));
    }

    [TestMethod]
    public void Prepare_OwnPredicates_AreAsked()
    {
        var options = Options with
        {
            Phi = TestRowFilter.Where("only women", row => row.Group == "female"),
            Psi = TrainingRowFilter.Where("juniors", (test, row) => row.Features.Span[2] < 0 && row.Label == test.PredictedLabel),
        };
        var (search, f) = Search(options);
        float[] features = [0, 1, 0.3f, 0.2f, 0];
        var turnedAway = Apply(search, f, features, "male");
        Assert.AreEqual(CounterfactualOutcome.FilteredOut, turnedAway.Outcome);
        Assert.AreEqual("only women", turnedAway.Reason);
        var passing = Apply(search, f, features, "female");
        Assert.IsNull(passing.Outcome);
        int[] admitted = search.Filter.Admitted(Asked(search, f, features, "female"), 0);
        Assert.AreEqual(admitted.Length, passing.Candidates);
        Assert.IsTrue(admitted.All(row => search.Model.Table.Features.Row(row)[2] < 0));
    }

    [TestMethod]
    public void Prepare_ThrowingPredicate_FailsTheRowWithTheReason()
    {
        var psi = TrainingRowFilter.Where("broken", (_, _) => throw new FormatException("oops"));
        var (search, f) = Search(Options with { Phi = TestRowFilter.None, Psi = psi });
        var failed = Apply(search, f, [0, 1, 0, 0, 0], "male");
        Assert.AreEqual(CounterfactualOutcome.Failed, failed.Outcome);
        Assert.AreEqual("filter 'broken' threw FormatException: oops", failed.Reason);
    }

    [TestMethod]
    [DataRow("phi")]
    [DataRow("psi")]
    public void Prepare_ThrowingPredicateNamedLikeTheOtherFilter_FailsTheRowAlone(string throwing)
    {
        // A name decides nothing: both filters are called None, and only one of them is the built-in one.
        var options = throwing == "psi"
            ? Options with { Phi = TestRowFilter.None, Psi = TrainingRowFilter.Where("None", (test, _) => test.Group == "male" ? throw new FormatException("oops") : true) }
            : Options with { Phi = TestRowFilter.Where("None", row => row.Group == "male" ? throw new FormatException("oops") : true), Psi = TrainingRowFilter.None };
        var (search, f) = Search(options);
        float[] features = [0, 1, 0, 0, 0];
        var rows = Asked(search, f, features, "male", "female");
        var prepared = search.Prepare(rows, [0, 1], CancellationToken.None);
        Assert.AreEqual(CounterfactualOutcome.Failed, prepared[0]!.Outcome);
        Assert.AreEqual("filter 'None' threw FormatException: oops", prepared[0]!.Reason);
        Assert.IsNull(prepared[1]!.Outcome);
        Assert.AreEqual(search.Model.Table.Rows, prepared[1]!.Candidates);
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void Apply_ScoreThatIsNoFiniteNumber_FailsTheRowWithTheReason(float score)
    {
        var (search, f) = Search(Options);
        var failed = search.Filter.Apply(Asked(search, f, [0, 1, 0, 0, 0], "male") with { Base = new Answer([score]) }, 0);
        Assert.AreEqual(CounterfactualOutcome.Failed, failed.Outcome);
        Assert.AreEqual("the model's score of this row is no finite number", failed.Reason);
    }

    [TestMethod]
    public void Prepare_NoRowPassesPsi_SaysSo()
    {
        var (search, f) = Search(Options with { Psi = TrainingRowFilter.Where("nobody", (_, _) => false), Phi = TestRowFilter.None });
        var filtered = Apply(search, f, [0, 1, 0, 0, 0], "male");
        Assert.AreEqual(CounterfactualOutcome.NoCandidates, filtered.Outcome);
        Assert.Contains("nobody", filtered.Reason);
    }

    private static TrainingTable Table(IDataView data)
        => TableReader.Read(data, null, new("Features", "Label", Protected: "Sex"), 0.25, 1, CancellationToken.None);

    private static RowSearch Apply(CounterfactualSearch search, NetworkEnsemble f, float[] features, string group)
        => search.Filter.Apply(Asked(search, f, features, group), 0);

    /// <summary>The same features in one or several groups.</summary>
    private static QuestionedRows Asked(CounterfactualSearch search, NetworkEnsemble f, float[] features, params string[] groups)
    {
        var rows = FeatureMatrix.FromRows([.. groups.Select(_ => features)]);
        return new QuestionedRows(rows, groups, new Answer(f.Logits(rows)), new SlotMoves(search.Plan.Slots, f, rows));
    }

    private (CounterfactualSearch Search, NetworkEnsemble Network) Search(GenerateOptions options)
    {
        var table = Table(Applicant.Prepared(_context));
        var trained = NetworkTraining.Run(table, options.Network, ManagedTrainingEngine.Default, testRows: null, CancellationToken.None);
        var f = trained.Base;
        var model = new SearchModel(table, new RetrainPool(trained.Learner, 1, 0), () => f.Logits(table.Features), trained.RankingSpace(table));
        return (new CounterfactualSearch(model, SearchPlan.Create(table, options, options.Network)), f);
    }
}
