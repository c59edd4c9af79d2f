using Cfd.MLNet.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>The engine through the public API, against the default engine.</summary>
[TestClass]
public sealed class TorchAuditTests
{
    private readonly MLContext _context = new(seed: 1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Audit_AnyStack_ReportsAsOnTheManagedEngine()
    {
        var expected = Texts(Audit(TrainingEngine.Managed));
        TestContext.WriteLine(string.Join("; ", expected));
        CollectionAssert.AreEqual(expected, Texts(Audit(TorchEngines.Create())));
        CollectionAssert.AreEqual(expected, Texts(Audit(TorchEngines.Create(5))));
        CollectionAssert.AreEqual(expected, Texts(Audit(TorchEngines.Create(1))));

        static string[] Texts(AuditReport report)
            => [.. report.Rows.Select(row => $"{row.Outcome} {row.Attempts} {row.AdmittedRowCount} {string.Join(',', row.FlippedRows)}")];
    }

    [TestMethod]
    public void ReluNetwork_Fit_PredictsAsOnTheManagedEngine()
    {
        var data = Applicant.Prepared(_context);
        CollectionAssert.AreEqual(Labels(TrainingEngine.Managed), Labels(TorchEngines.Create()));

        bool[] Labels(TrainingEngine engine)
            => [.. _context.CounterfactualDatasets().ReluNetwork(new() { Engine = engine }).Fit(data).Transform(data).GetColumn<bool>("PredictedLabel")];
    }

    [TestMethod]
    public void Generate_SavedModel_RetrainsOnTheManagedEngine()
    {
        var data = Applicant.Prepared(_context);
        using var model = _context.CounterfactualDatasets().Generate(new()
        {
            ProtectedColumnName = "Sex",
            ProtectedSlots = ["SexCode"],
            Budget = FlipBudget.OfRows(3),
            Network = new() { Engine = TorchEngines.Create() },
        }).Fit(data);
        using var file = new MemoryStream();
        _context.Model.Save(model, data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext(seed: 1).Model.Load(file, out _);
        CollectionAssert.AreEqual(
            model.Transform(data).GetColumn<string>("CfdOutcome").ToArray(), loaded.Transform(data).GetColumn<string>("CfdOutcome").ToArray());
    }

    private AuditReport Audit(TrainingEngine engine)
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.ReluNetwork(Applicant.Preparation(_context), new() { Engine = engine, MaxEpochs = 60 });
        return catalog.Audit(learner, Raw(160), Raw(16, seed: 2), new()
        {
            ProtectedColumnName = "Sex",
            ProtectedSlots = ["SexCode"],
            Budget = FlipBudget.OfRows(4),
            Schedule = Schedule.SampledTopK(),
        }).Report;
    }

    private IDataView Raw(int count, ulong seed = 1) => _context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));
}
