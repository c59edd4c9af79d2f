using System.Collections.Concurrent;
using Cfd.MLNet.Tests.Auditing;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>The mean of a pipeline's fits under several seeds as f, held against fits by ML.NET alone.</summary>
[TestClass]
public sealed class PipelineEnsembleTests
{
    private static readonly Lazy<GermanPipelines> German = new(() => new GermanPipelines());
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Audit_BaggedTrees_AnswersAreTheMeanOfFitsByMLNetAlone()
    {
        var german = German.Value;
        var seeds = new ConcurrentQueue<int>();
        var run = Audit(
            (context, seed) =>
            {
                seeds.Enqueue(seed);
                return Bagged(context, seed);
            },
            new() { Agreement = 0.5 });
        int[] members = [.. seeds.Take(4)];
        Assert.AreEqual(1, members[0]);
        CollectionAssert.AllItemsAreUnique(members);
        float[] before = MeanOfFits(members, german.Train);
        CollectionAssert.AreEqual(before, run.Model.Transform(german.Test).GetColumn<float>("Score").ToArray());
        foreach (var row in run.Report.Rows) Assert.AreEqual(before[row.Position], row.Score);
        var found = run.Report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).Take(3).ToArray();
        Assert.IsNotEmpty(found);
        foreach (var row in found)
        {
            float[] after = MeanOfFits(members, german.Flipped(row.FlippedRows));
            Assert.AreEqual(after[row.Position], row.CounterfactualScore);
            Assert.AreNotEqual(row.Score > 0, row.CounterfactualScore > 0);
            CollectionAssert.AreEqual(after, run.CounterfactualModel(row).Transform(german.Test).GetColumn<float>("Score").ToArray());
        }

        Assert.IsNull(run.Report.Refits!.RankingRemark, "rankings look into the members themselves");
        Assert.IsTrue(run.Report.Refits.PreparationFittedOnce);
        Assert.Contains(new AuditSetting("Learner.EnsembleSize", "4"), run.Report.Provenance.Settings);
    }

    [TestMethod]
    public void Audit_AnyNumberOfWorkersAndAJournal_GiveTheSameReport()
    {
        using var journal = new TemporaryFile();
        var options = new AuditOptions { Evidence = EvidenceOptions.Quick, MaxDegreeOfParallelism = 1, JournalPath = journal.Path, JournalChecks = 0 };
        var first = Audit(Bagged, options).Report;
        string lines = File.ReadAllText(journal.Path);
        Assert.Contains("@s", lines);
        JournalTests.AreSame(first, Audit(Bagged, options).Report);
        Assert.AreEqual(lines, File.ReadAllText(journal.Path), "nothing is left to fit");
        JournalTests.AreSame(first, Audit(Bagged, options with { MaxDegreeOfParallelism = 2, JournalPath = null }).Report with { Provenance = first.Provenance });
        Assert.IsGreaterThan(0, first.Summary.Found);
        Assert.IsTrue(first.Rows.Any(row => row.Evidence is { SeedStability.Total: > 0 }), "put to the test under fresh seeds");
    }

    [TestMethod]
    public void Audit_MembersThatDisagree_LeaveRowsUnsettled()
    {
        var half = Audit(Bagged, new() { Agreement = 0.5 }).Report.Summary;
        var all = Audit(Bagged, new() { Agreement = 1 }).Report;
        Assert.IsGreaterThan(half.Unsettled, all.Summary.Unsettled);
        Assert.Contains(" of 4 models decide so", all.Rows.First(row => row.Outcome == CounterfactualOutcome.Unsettled).Reason!);
        var byDefault = Audit(Bagged, new()).Report;
        JournalTests.AreSame(byDefault, Audit(Bagged, new() { Agreement = 0.75 }).Report with { Provenance = byDefault.Provenance });
    }

    [TestMethod]
    public void Audit_TrainerThatDoesNotFeelTheSeed_IsRefusedWithTheRemedy()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Audit((context, _) => German.Value.Pipeline("FastTree")(context), new())).Message;
        Assert.Contains("ensembleSize is 4, but the fits under 4 seeds give the same scores", message);
        Assert.Contains("leave ensembleSize at 1", message);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(257)]
    public void SeededEstimator_EnsembleSizeOutOfRange_IsRefused(int size)
        => Assert.Contains("1 to 256", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _context.CounterfactualDatasets().Learners.SeededEstimator(Bagged, 1, size)).Message);

    [TestMethod]
    public void Preparation_ThatDrawsByTheSeed_IsRefitted()
    {
        var german = German.Value;
        IEstimator<ITransformer> Build(MLContext context, int seed) => german.Preparation(context)
            .Append(context.Transforms.ApproximatedKernelMap("Mapped", "Features", rank: 20, seed: seed))
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Mapped"));
        foreach (int size in (int[])[1, 2])
        {
            var learner = _context.CounterfactualDatasets().Learners.SeededEstimator(Build, 1, size);
            var report = _context.CounterfactualDatasets().Audit(learner, german.Train, german.Test, german.Options with { FeatureColumnName = "Mapped", MaxRows = 2 }).Report;
            Assert.IsFalse(report.Refits!.PreparationFittedOnce, $"{size}");
        }
    }

    [TestMethod]
    public void Phi_FeaturesMadeBefore_AsksTheMeanWithOtherSlots()
    {
        var train = Applicant.Draw(160);
        foreach (var applicant in train.Where(applicant => applicant.Sex == "female" && applicant.Test < 60)) applicant.Label = false;
        var raw = _context.Data.LoadFromEnumerable(train);
        var preparation = Applicant.Preparation(_context).Fit(raw);
        var test = Applicant.Draw(40, seed: 2);
        var catalog = _context.CounterfactualDatasets();
        var run = catalog.Audit(
            catalog.Learners.SeededEstimator(Trainer, 1, 3), preparation.Transform(raw), preparation.Transform(_context.Data.LoadFromEnumerable(test)),
            new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Budget = FlipBudget.OfRows(1), Evidence = EvidenceOptions.Off, Agreement = 0.5 });
        foreach (var applicant in test) applicant.Sex = applicant.Sex == "female" ? "male" : "female";
        float[] moved = [.. run.Model.Transform(preparation.Transform(_context.Data.LoadFromEnumerable(test))).GetColumn<float>("Score")];
        foreach (var row in run.Report.Rows)
            Assert.AreEqual(moved[row.Position] > 0 != row.Score > 0, row.Outcome == CounterfactualOutcome.FilteredOut, $"row {row.Position}");
        Assert.IsGreaterThan(0, run.Report.Summary.FilteredOut);
    }

    [TestMethod]
    public void Model_OfSeveralFits_IsATransformerLikeAnother()
    {
        var data = _context.Data.LoadFromEnumerable(Applicant.Draw(160));
        ITransformer[] members = [.. Enumerable.Range(1, 3).Select(seed => Applicant.Preparation(new MLContext(seed)).Append(Trainer(new MLContext(seed), seed)).Fit(data))];
        var mean = PipelineEnsemble.Of(members);
        var scored = mean.Transform(data);
        Scored[][] each = [.. members.Select(member => Read(member.Transform(data)))];
        var own = Read(scored);
        for (int row = 0; row < own.Length; row++)
        {
            Assert.AreEqual((float)(each.Sum(member => (double)member[row].Score) / 3), own[row].Score);
            Assert.AreEqual((float)(each.Sum(member => (double)member[row].Probability) / 3), own[row].Probability);
            Assert.AreEqual(own[row].Score > 0, own[row].PredictedLabel);
        }

        Assert.IsGreaterThan(0.8, _context.BinaryClassification.Evaluate(scored).AreaUnderRocCurve);
        CollectionAssert.AreEqual(own.Select(row => row.PredictedLabel).ToArray(), scored.GetColumn<bool>("PredictedLabel").ToArray(), "read alone");
        using var engine = _context.Model.CreatePredictionEngine<Applicant, Scored>(mean);
        var one = engine.Predict(Applicant.Draw(160)[7]);
        Assert.AreEqual((own[7].Score, own[7].Probability, own[7].PredictedLabel), (one.Score, one.Probability, one.PredictedLabel));

        using var file = new TemporaryFile();
        Assert.Contains("Save each of PipelineEnsemble.Members", Assert.ThrowsExactly<NotSupportedException>(() => _context.Model.Save(mean, data.Schema, file.Path)).Message);
        Assert.AreSame(members[1], ((PipelineEnsemble)mean).Members[1]);
    }

    [TestMethod]
    public void Model_MembersThatDropRows_AreRefused()
    {
        var data = _context.Data.LoadFromEnumerable(Applicant.Draw(40));
        var member = Applicant.Preparation(_context).Append(Trainer(_context, 1)).Fit(data);
        foreach (int skipped in (int[])[1, 40])
        {
            var mean = PipelineEnsemble.Of([member, new Skipping(_context, member, skipped)]);
            Assert.Contains("drop or reorder rows", Assert.ThrowsExactly<InvalidOperationException>(() => mean.Transform(data).GetColumn<float>("Score").Count()).Message);
        }
    }

    private static IEstimator<ITransformer> Bagged(MLContext context, int seed) => German.Value.Preparation(context).Append(Trainer(context, seed));

    /// <summary>Trees, each on rows of its own drawn by the seed.</summary>
    private static IEstimator<ITransformer> Trainer(MLContext context, int seed) => context.BinaryClassification.Trainers.FastTree(
        new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, NumberOfLeaves = 8, BaggingSize = 1, NumberOfThreads = 1, Seed = seed });

    private AuditRun Audit(Func<MLContext, int, IEstimator<ITransformer>> build, AuditOptions options)
    {
        var (german, catalog) = (German.Value, _context.CounterfactualDatasets());
        return catalog.Audit(catalog.Learners.SeededEstimator(build, 1, 4), german.Train, german.Test, options with
        {
            ProtectedColumnName = german.Options.ProtectedColumnName,
            RowIdColumnName = german.Options.RowIdColumnName,
            Budget = FlipBudget.OfRows(1),
            MaxRows = 16,
            Schedule = Schedule.Adaptive(maxRetrains: 40),
            Evidence = options.Evidence ?? EvidenceOptions.Off,
        });
    }

    private static float[] MeanOfFits(int[] seeds, IDataView train)
    {
        float[][] each = [.. seeds.Select(seed => Bagged(new MLContext(seed), seed).Fit(train).Transform(German.Value.Test).GetColumn<float>("Score").ToArray())];
        return [.. Enumerable.Range(0, each[0].Length).Select(row => (float)(each.Sum(scores => (double)scores[row]) / each.Length))];
    }

    private Scored[] Read(IDataView scored) => [.. _context.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false)];

    private sealed class Scored
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    /// <summary>A pipeline that loses its first rows.</summary>
    private sealed class Skipping(MLContext context, ITransformer inner, int count) : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => context.Data.SkipRows(inner.Transform(input), count);

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);
    }
}
