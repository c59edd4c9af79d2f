using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>The search as a pipeline stage.</summary>
[TestClass]
public sealed class CounterfactualDatasetTransformerTests
{
    private readonly MLContext _context = new(seed: 1);

    private static GenerateOptions Options => new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Budget = FlipBudget.OfRows(6) };

    [TestMethod]
    public void CounterfactualDataset_OfFoundRows_ChangesTheDecisionWhenRefitted()
    {
        var train = Applicant.Prepared(_context);
        var test = Applicant.Prepared(_context, 60, seed: 2);
        var catalog = _context.CounterfactualDatasets();
        using var model = catalog.Generate(Options).Fit(train);
        var answers = model.Transform(test);
        string[] outcomes = [.. answers.GetColumn<string>("CfdOutcome")];
        long[][] flips = [.. answers.GetColumn<long[]>("CfdFlippedRows")];
        int[] counts = [.. answers.GetColumn<int>("CfdFlipCount")];
        float[] scores = [.. answers.GetColumn<float>("Score")], counterfactual = [.. answers.GetColumn<float>("CfdScore")];
        float[][] features = [.. test.GetColumn<float[]>("Features")];
        bool[] labels = [.. train.GetColumn<bool>("Label")];
        string[] groups = [.. train.GetColumn<string>("Sex")], testGroups = [.. test.GetColumn<string>("Sex")];

        int found = 0;
        for (int row = 0; row < outcomes.Length; row++)
        {
            Assert.AreEqual(outcomes[row] == "Found", !float.IsNaN(counterfactual[row]));
            Assert.AreEqual(flips[row].Length, counts[row]);
            if (outcomes[row] != "Found") continue;
            found++;
            Assert.IsInRange(1, 6, counts[row]);
            Assert.AreNotEqual(scores[row] > 0, counterfactual[row] > 0);
            foreach (long flip in flips[row])
            {
                Assert.AreEqual(scores[row] > 0, labels[flip], "psi: the label is the prediction");
                Assert.AreEqual(testGroups[row], groups[flip], "psi: the same group");
            }

            // The whole point, through the public API alone: refit on the D' handed out.
            var refitted = catalog.ReluNetwork().Fit(model.CounterfactualDataset(flips[row]));
            Assert.AreEqual(counterfactual[row], refitted.Model.Score(features[row]));
            Assert.AreEqual(counterfactual[row], model.CounterfactualModel(flips[row]).Model.Score(features[row]));
        }

        Assert.IsGreaterThan(2, found);
    }

    [TestMethod]
    public void Transform_ReadingScoresAlone_RetrainsNothing()
    {
        using var model = _context.CounterfactualDatasets().Generate(Options).Fit(Applicant.Prepared(_context));
        var answers = model.Transform(Applicant.Prepared(_context, 60, seed: 2));
        _ = answers.GetColumn<float>("Score").ToArray();
        _ = answers.GetColumn<string>("Sex").ToArray();
        Assert.AreEqual(0, model.Search.Model.Pool.Retrains);
        _ = answers.GetColumn<int>("CfdAttempts").Take(1).ToArray();
        int afterOneRow = (int)model.Search.Model.Pool.Retrains;
        Assert.IsInRange(1, 7 + Environment.ProcessorCount, afterOneRow, "one row's attempts");
    }

    [TestMethod]
    public void Transform_ManyColumnsOfARow_SearchOnce()
    {
        int calls = 0;
        var options = Options with
        {
            Phi = TestRowFilter.Where("counting", _ =>
            {
                Interlocked.Increment(ref calls);
                return true;
            }),
        };
        using var model = _context.CounterfactualDatasets().Generate(options).Fit(Applicant.Prepared(_context));
        var answers = model.Transform(Applicant.Prepared(_context, 10, seed: 2));
        _ = _context.Data.CreateEnumerable<Answer>(answers, reuseRowObject: false).ToList();
        Assert.AreEqual(10, calls);
    }

    [TestMethod]
    public void Transform_RowsOfAnotherOrder_GetTheSameAnswers()
    {
        var test = Applicant.Prepared(_context, 40, seed: 2);
        var options = Options with { Schedule = Schedule.SampledTopK(), Ranking = Ranking.Random };
        using var model = _context.CounterfactualDatasets().Generate(options).Fit(Applicant.Prepared(_context));
        var straight = ById(model.Transform(test));
        var shuffled = ById(model.Transform(_context.Data.ShuffleRows(test, seed: 5)));
        CollectionAssert.AreEquivalent(straight.ToArray(), shuffled.ToArray());

        Dictionary<string, string> ById(IDataView view) => _context.Data.CreateEnumerable<Answer>(view, reuseRowObject: false)
            .ToDictionary(answer => answer.Id, answer => $"{answer.CfdOutcome} {answer.CfdAttempts} {string.Join(',', answer.CfdFlippedRows)} {answer.CfdScore}");
    }

    [TestMethod]
    public void Generate_RowIdColumn_NamesFlippedRowsByIt()
    {
        var train = Applicant.Prepared(_context);
        var test = Applicant.Prepared(_context, 60, seed: 2);
        using var byPosition = _context.CounterfactualDatasets().Generate(Options).Fit(train);
        using var byId = _context.CounterfactualDatasets().Generate(Options with { RowIdColumnName = "Id" }).Fit(train);
        var positions = byPosition.Transform(test).GetColumn<long[]>("CfdFlippedRows").ToArray();
        var ids = byId.Transform(test).GetColumn<string[]>("CfdFlippedRows").ToArray();
        Assert.IsTrue(ids.Any(row => row.Length > 0));
        for (int row = 0; row < ids.Length; row++)
        {
            CollectionAssert.AreEqual(positions[row].Select(position => $"a{position}").ToArray(), ids[row]);
            if (ids[row].Length > 0)
                CollectionAssert.AreEqual(
                    byPosition.CounterfactualDataset(positions[row]).GetColumn<bool>("Label").ToArray(),
                    byId.CounterfactualDataset(ids[row]).GetColumn<bool>("Label").ToArray());
        }

        Assert.ThrowsExactly<ArgumentException>(() => byId.CounterfactualDataset(["nobody"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => byPosition.CounterfactualDataset([100_000L]));
    }

    [TestMethod]
    public void Transform_UnseenGroupOrBadFeatures_FailsThatRowAlone()
    {
        var train = Applicant.Draw(160);
        var preparation = Applicant.Preparation(_context).Fit(_context.Data.LoadFromEnumerable(train));
        var rows = Applicant.Draw(4, seed: 2);
        rows[1].Sex = "other";
        rows[2].Test = float.NaN;
        using var model = _context.CounterfactualDatasets().Generate(Options)
            .Fit(preparation.Transform(_context.Data.LoadFromEnumerable(train)));
        var answers = model.Transform(preparation.Transform(_context.Data.LoadFromEnumerable(rows)));
        string[] outcomes = [.. answers.GetColumn<string>("CfdOutcome")], reasons = [.. answers.GetColumn<string>("CfdReason")];
        Assert.AreEqual("Failed", outcomes[1]);
        Assert.Contains("'other'", reasons[1]);
        Assert.AreEqual("Failed", outcomes[2]);
        Assert.Contains("TestZ", reasons[2]);
        Assert.AreNotEqual("Failed", outcomes[0]);
        Assert.AreNotEqual("Failed", outcomes[3]);
    }

    [TestMethod]
    public void Transform_ProtectedAttributeIsNoFeature_SaysSo()
    {
        var blind = _context.Transforms.Concatenate("Features", "ExperienceZ", "TestZ", "GapZ");
        var train = blind.Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context));
        var test = Applicant.Prepared(_context, 5, seed: 2);
        using var model = _context.CounterfactualDatasets().Generate(Options with { ProtectedSlots = null }).Fit(train);
        Assert.Contains("'Sex' is not among the features", model.PhiRemark!);
        string[] reasons = [.. model.Transform(blind.Fit(test).Transform(test)).GetColumn<string>("CfdReason")];
        foreach (string reason in reasons) Assert.AreEqual(model.PhiRemark, reason);
    }

    [TestMethod]
    public void Transform_OtherFeatureSize_IsRefused()
    {
        using var model = _context.CounterfactualDatasets().Generate(Options).Fit(Applicant.Prepared(_context));
        var narrow = _context.Transforms.Concatenate("Features", "SexCode", "TestZ").Fit(Applicant.Prepared(_context)).Transform(Applicant.Prepared(_context));
        var failure = Assert.ThrowsExactly<ArgumentException>(() => model.Transform(narrow));
        Assert.Contains("3 slots", failure.Message);
        Assert.Contains("5", failure.Message);
    }

    [TestMethod]
    public void Transform_AfterAPredictionEngineWasDisposed_AnswersAsBefore()
    {
        var train = _context.Data.LoadFromEnumerable(Applicant.Draw(160));
        var applicants = Applicant.Draw(30, seed: 2);
        var test = _context.Data.LoadFromEnumerable(applicants);
        var model = Applicant.Preparation(_context).Append(_context.CounterfactualDatasets().Generate(Options)).Fit(train);
        string[] Answers() => [.. _context.Data.CreateEnumerable<Answer>(model.Transform(test), reuseRowObject: false)
            .Select(answer => $"{answer.CfdOutcome} {answer.CfdAttempts} {string.Join(',', answer.CfdFlippedRows)} {answer.CfdScore:R}")];
        string[] before = Answers();
        var other = _context.Model.CreatePredictionEngine<Applicant, Answer>(model);
        using (var engine = _context.Model.CreatePredictionEngine<Applicant, Answer>(model))
            Assert.StartsWith(engine.Predict(applicants[0]).CfdOutcome, before[0]);
        CollectionAssert.AreEqual(before, Answers());
        for (int row = 0; row < 5; row++) Assert.StartsWith(other.Predict(applicants[row]).CfdOutcome, before[row], "an engine made before");
        Assert.Contains(answer => answer.StartsWith("Found", StringComparison.Ordinal), before);
        long[] flipped = model.Transform(test).GetColumn<long[]>("CfdFlippedRows").First(rows => rows.Length > 0);
        Assert.IsNotNull(model.LastTransformer.CounterfactualModel(flipped));
        other.Dispose();
        model.Dispose();
    }

    [TestMethod]
    [DoNotParallelize]
    public void Transform_ManyRows_KeepsNothingOfThem()
    {
        using var model = _context.CounterfactualDatasets().Generate(Options with { Phi = TestRowFilter.Where("none", _ => false) })
            .Fit(Applicant.Prepared(_context));
        var preparation = Applicant.Preparation(_context).Fit(_context.Data.LoadFromEnumerable(Applicant.Draw(160)));
        var few = Applicant.Draw(100);
        var many = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 50_000).Select(i => few[i % 100]));
        long early = 0, late = 0;
        int row = 0;
        foreach (string outcome in model.Transform(preparation.Transform(many)).GetColumn<string>("CfdOutcome"))
        {
            Assert.AreEqual("FilteredOut", outcome);
            row++;
            if (row == 5_000) early = GC.GetTotalMemory(forceFullCollection: true);
            if (row == 49_000) late = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.AreEqual(50_000, row);
        Assert.IsLessThan(early + (4 << 20), late, "44,000 rows later");
    }

    [TestMethod]
    public void CounterfactualDataset_SavedAsText_HoldsTheFlippedLabels()
    {
        var train = Applicant.Prepared(_context);
        using var model = _context.CounterfactualDatasets().Generate(Options).Fit(train);
        long row = model.Table.Positions[3];
        string path = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(path)) _context.Data.SaveAsText(model.CounterfactualDataset([row]), stream, schema: false);
            bool original = train.GetColumn<bool>("Label").ElementAt((int)row);
            var lines = File.ReadAllLines(path);
            int label = Array.IndexOf(lines[0].Split('\t'), "Label");
            Assert.AreEqual(original ? "0" : "1", lines[row + 1].Split('\t')[label]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Answer
    {
        public string Id { get; set; } = "";

        public string CfdOutcome { get; set; } = "";

        public long[] CfdFlippedRows { get; set; } = [];

        public float CfdScore { get; set; }

        public int CfdAttempts { get; set; }
    }
}
