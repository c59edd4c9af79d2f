using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>The columns that evidence adds to a pipeline stage.</summary>
[TestClass]
public sealed class EvidenceColumnsTests
{
    private readonly MLContext _context = new(seed: 1);

    private static GenerateOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        Budget = FlipBudget.OfRows(4),
        Schedule = Schedule.SampledTopK(),
        Evidence = new() { Level = EvidenceLevel.Quick },
    };

    private IDataView Test => _context.Data.LoadFromEnumerable(Applicant.Draw(40, seed: 2));

    private IDataView Train => _context.Data.LoadFromEnumerable(Applicant.Draw(160));

    [TestMethod]
    public void Transform_EvidenceOn_AnswersAsTheAuditDoes()
    {
        var answers = Read(Fit(Options).Transform(Test));
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Train, Test, new AuditOptions
            {
                ProtectedColumnName = Options.ProtectedColumnName,
                ProtectedSlots = Options.ProtectedSlots,
                Budget = Options.Budget,
                Schedule = Options.Schedule,
                Evidence = Options.Evidence,
            }).Report;
        int judged = 0;
        for (int row = 0; row < answers.Length; row++)
        {
            var (answer, audited) = (answers[row], report.Rows[row]);
            CollectionAssert.AreEqual(audited.FlippedRows.ToArray(), answer.CfdFlippedRows, "minimised alike");
            Assert.AreEqual(audited.CounterfactualScore, answer.CfdScore);
            Assert.AreEqual(audited.FlippedRows.Count, answer.CfdFlipCount);
            Assert.AreEqual((float)(audited.Evidence?.PlaceboRate.Value ?? double.NaN), answer.CfdPlaceboRate);
            Assert.AreEqual((float)(audited.Evidence?.SeedStability.Value ?? double.NaN), answer.CfdSeedStability);
            Assert.AreEqual(audited.Evidence is { IsProvenSmallest: true }, answer.CfdProvenSmallest);
            if (audited.Evidence is not null) judged++;
        }

        Assert.IsGreaterThan(2, judged);
        Assert.AreEqual(report.Summary.Found, judged);
    }

    [TestMethod]
    public void Transform_EvidenceOff_LeavesItsColumnsEmpty()
    {
        var answers = Read(Fit(Options with { Evidence = new() }).Transform(Test));
        Assert.IsTrue(answers.Any(answer => answer.CfdFlipCount > 0));
        Assert.IsTrue(answers.All(answer => float.IsNaN(answer.CfdPlaceboRate) && float.IsNaN(answer.CfdSeedStability) && !answer.CfdProvenSmallest));
    }

    [TestMethod]
    public void Transform_ReadingOutcomesAlone_GathersNoEvidence()
    {
        var model = Fit(Options);
        using var search = model.LastTransformer;
        _ = model.Transform(Test).GetColumn<string>("CfdOutcome").ToArray();
        long retrains = search.Search.Model.Pool.Retrains;
        _ = model.Transform(Test).GetColumn<float>("CfdPlaceboRate").ToArray();
        Assert.IsGreaterThanOrEqualTo(retrains + 20, search.Search.Model.Pool.Retrains);
    }

    [TestMethod]
    public void Load_Plainly_AnswersAsBefore()
    {
        var model = Fit(Options);
        var stream = new MemoryStream();
        _context.Model.Save(model, Train.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out _);
        CollectionAssert.AreEqual(
            Read(model.Transform(Test)).Select(answer => answer.ToString()).ToArray(), Read(loaded.Transform(Test)).Select(answer => answer.ToString()).ToArray());
    }

    private TransformerChain<CounterfactualDatasetTransformer> Fit(GenerateOptions options)
        => Applicant.Preparation(_context).Append(_context.CounterfactualDatasets().Generate(options)).Fit(Train);

    private Answer[] Read(IDataView view) => [.. _context.Data.CreateEnumerable<Answer>(view, reuseRowObject: false)];

    private sealed class Answer
    {
        public int CfdFlipCount { get; set; }

        public long[] CfdFlippedRows { get; set; } = [];

        public float CfdScore { get; set; }

        public float CfdPlaceboRate { get; set; }

        public float CfdSeedStability { get; set; }

        public bool CfdProvenSmallest { get; set; }

        public override string ToString()
            => $"{CfdFlipCount} {string.Join(',', CfdFlippedRows)} {CfdScore:R} {CfdPlaceboRate:R} {CfdSeedStability:R} {CfdProvenSmallest}";
    }
}
