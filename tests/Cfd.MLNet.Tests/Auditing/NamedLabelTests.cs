using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Key and text labels of our own network: the audit, the transform and the trainer.</summary>
[TestClass]
public sealed class NamedLabelTests
{
    private static readonly AuditOptions Options = new()
    {
        ProtectedColumnName = "Sex",
        PositiveLabel = "yes",
        ProtectedSlots = ["SexCode"],
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
        Ranking = Ranking.LinearSurrogate(),
    };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow("text")]
    [DataRow("key, yes first")]
    [DataRow("key, no first")]
    [DataRow("key of the preparation")]
    [DataRow("Boolean of the preparation")]
    public void Audit_NamedLabel_ReportsAsTheBooleanLabelDoes(string kind)
    {
        var expected = Audit(Applicant.Preparation(_context), Booleans(160), Booleans(40, seed: 2), Options with { PositiveLabel = null }).Report;
        var (train, test) = (Texts(160), Texts(40, seed: 2));
        if (kind.StartsWith("key, ", StringComparison.Ordinal))
        {
            // The same rows, whose keys are numbered as the values occur in a file of another order.
            bool yesFirst = kind == "key, yes first";
            var file = LabelledApplicants.Texts(_context, Applicant.Draw(160).OrderBy(row => row.Label != yesFirst));
            var keys = _context.Transforms.Conversion.MapValueToKey("Label").Fit(file);
            (train, test) = (keys.Transform(train), keys.Transform(test));
            VBuffer<ReadOnlyMemory<char>> names = default;
            train.Schema["Label"].GetKeyValues(ref names);
            Assert.AreEqual(yesFirst ? "yes" : "no", names.GetItemOrDefault(0).ToString());
        }

        IEstimator<ITransformer> preparation = kind switch
        {
            "key of the preparation" => Applicant.Preparation(_context).Append(_context.Transforms.Conversion.MapValueToKey("Label")),
            "Boolean of the preparation" => Applicant.Preparation(_context).Append(LabelledApplicants.ToBoolean(_context)),
            _ => Applicant.Preparation(_context),
        };
        var run = Audit(preparation, train, test, Options);
        Assert.AreEqual(("yes", "no"), (run.Report.Provenance.PositiveLabel, run.Report.Provenance.NegativeLabel));
        Assert.IsGreaterThan(0, expected.Summary.Found);
        foreach (var (left, right) in expected.Rows.Zip(run.Report.Rows))
        {
            Assert.AreEqual((left.Outcome, left.Label, left.Score, left.CounterfactualScore), (right.Outcome, right.Label, right.Score, right.CounterfactualScore));
            CollectionAssert.AreEqual(left.FlippedRows.ToArray(), right.FlippedRows.ToArray());
        }

        var found = run.Report.Rows.First(row => row.Outcome == CounterfactualOutcome.Found);
        string[] labels = TextsOf(train), flipped = TextsOf(run.CounterfactualDataset(found));
        CollectionAssert.AreEqual(
            found.FlippedRows.ToArray(), Enumerable.Range(0, labels.Length).Where(row => labels[row] != flipped[row]).Select(row => (long)row).ToArray());
    }

    [TestMethod]
    [DataRow("no")]
    [DataRow("turned round")]
    [DataRow("mixed up")]
    public void Audit_PreparationThatChangesTheMeaning_IsRefused(string kind)
    {
        IEstimator<ITransformer> change = kind switch
        {
            "no" => LabelledApplicants.ToBoolean(_context, positive: "no"),
            "turned round" => _context.Transforms.Conversion.MapValue("Label", new Dictionary<string, string> { ["yes"] = "no", ["no"] = "yes" }, "Label"),
            _ => _context.Transforms.CopyColumns("Label", "Sex"),
        };
        var failure = Assert.ThrowsExactly<ArgumentException>(() => Audit(Applicant.Preparation(_context).Append(change), Texts(160), Texts(20), Options));
        Assert.Contains("The preparation changes the label column 'Label'", failure.Message);
        Assert.Contains("'yes'", failure.Message);
    }

    [TestMethod]
    public void Audit_NoPositiveLabel_IsRefused()
        => Assert.Contains(
            "Set PositiveLabel to \"no\" or to \"yes\"",
            Assert.ThrowsExactly<ArgumentException>(() => Audit(Applicant.Preparation(_context), Texts(160), Texts(20), Options with { PositiveLabel = null })).Message);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Trainer_KeyLabel_ScoresTheNamedValueWhateverTheOrder(bool yesFirst)
    {
        var rows = Applicant.Draw(160).OrderBy(row => row.Label != yesFirst).ToList();
        var data = LabelledApplicants.Texts(_context, rows);
        data = Applicant.Preparation(_context).Append(_context.Transforms.Conversion.MapValueToKey("Label")).Fit(data).Transform(data);
        var catalog = _context.CounterfactualDatasets();
        Assert.Contains("Set PositiveLabel", Assert.ThrowsExactly<ArgumentException>(() => catalog.ReluNetwork(new() { MaxEpochs = 40 }).Fit(data)).Message);
        float[] scores = [.. catalog.ReluNetwork(new() { PositiveLabel = "yes", MaxEpochs = 40 }).Fit(data).Transform(data).GetColumn<float>("Score")];
        double right = rows.Zip(scores, (row, score) => row.Label == score > 0 ? 1.0 : 0).Average();
        Assert.IsGreaterThan(0.8, right);
    }

    [TestMethod]
    public void Transform_TextLabel_TurnsTheTextOver()
    {
        var train = Texts(160);
        var prepared = Applicant.Preparation(_context).Fit(train).Transform(train);
        var options = new GenerateOptions { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Ranking = Ranking.LinearSurrogate(), Network = new() { MaxEpochs = 40 } };
        var catalog = _context.CounterfactualDatasets();
        Assert.Contains("Set PositiveLabel", Assert.ThrowsExactly<ArgumentException>(() => catalog.Generate(options).Fit(prepared)).Message);
        using var transformer = catalog.Generate(options with { PositiveLabel = "yes" }).Fit(prepared);
        long position = transformer.Table.Positions[0];
        string[] labels = TextsOf(prepared), flipped = TextsOf(transformer.CounterfactualDataset([position]));
        Assert.AreEqual(1, labels.Zip(flipped).Count(pair => pair.First != pair.Second));
        Assert.AreEqual(labels[position] == "yes" ? "no" : "yes", flipped[position]);
    }

    private AuditRun Audit(IEstimator<ITransformer> preparation, IDataView train, IDataView test, AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(preparation, new() { MaxEpochs = 60 }), train, test, options);
    }

    private IDataView Texts(int count, ulong seed = 1) => LabelledApplicants.Texts(_context, Applicant.Draw(count, seed));

    private IDataView Booleans(int count, ulong seed = 1) => _context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));

    private string[] TextsOf(IDataView view) => [.. view.Schema["Label"].Type is TextDataViewType
        ? view.GetColumn<string>("Label")
        : _context.Transforms.Conversion.MapKeyToValue("Text", "Label").Fit(view).Transform(view).GetColumn<string>("Text")];
}
