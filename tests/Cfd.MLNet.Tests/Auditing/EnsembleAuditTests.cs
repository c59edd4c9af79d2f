using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>The mean of several networks as L, through the public API.</summary>
[TestClass]
public sealed class EnsembleAuditTests
{
    private static readonly NetworkOptions Four = new() { HiddenLayers = [8], Networks = 4, MaxEpochs = 40 };
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    public void Audit_AnyNumberOfWorkers_GivesTheSameReport(int workers)
    {
        var one = Audit(new() { MaxDegreeOfParallelism = 1 });
        JournalTests.AreSame(one, Audit(new() { MaxDegreeOfParallelism = workers }) with { Provenance = one.Provenance });
        Assert.IsGreaterThan(0, one.Summary.Found);
    }

    [TestMethod]
    public void Audit_Scores_AreTheMeanOfTheNetworks()
    {
        var catalog = _context.CounterfactualDatasets();
        var run = catalog.Audit(catalog.Learners.ReluNetwork(null, Four), Train, Test, Options(new() { MaxRows = 5 }));
        var model = ((ReluNetworkTransformer)run.Model).Model;
        Assert.AreEqual(4, model.Networks);
        CollectionAssert.AreNotEqual(model.Weights(0, 0), model.Weights(0, 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Weights(0, 4));
    }

    [TestMethod]
    public void Audit_HighAgreement_LeavesMoreRowsUnsettledAndSaysSo()
    {
        var mean = Audit(new() { Agreement = 0.5 });
        var all = Audit(new() { Agreement = 1 });
        Assert.AreEqual(0, mean.Summary.Unsettled);
        Assert.IsTrue(mean.Rows.Where(row => row.Outcome == CounterfactualOutcome.NotFound).All(row => row.FlipsAtCrossing == 0), "the mean decides alone");
        CollectionAssert.AreEqual(new[] { 0.5, 1, 0.75 }, new[] { mean, all, Audit(new()) }.Select(report => report.Provenance.Agreement).ToArray());
        Assert.IsGreaterThan(0, all.Summary.Unsettled);
        var row = all.Rows.First(row => row.Outcome == CounterfactualOutcome.Unsettled);
        Assert.IsTrue(row.Reason is "2 of 4 models decide so" or "3 of 4 models decide so" or "1 of 4 models decide so", row.Reason);
        Assert.AreEqual(all.Summary.Unsettled, all.Groups.Sum(group => group.Unsettled));
        Assert.Contains(CaveatCode.Unsettled, all.Caveats.Select(caveat => caveat.Code));
        Assert.IsTrue(all.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).All(row => row.FlipsAtCrossing >= 1));
    }

    [TestMethod]
    public void Audit_JournalKeptToItsEnd_IsGoneOnFromWithoutTraining()
    {
        using var journal = new TemporaryFile();
        var first = Audit(new() { JournalPath = journal.Path, JournalChecks = 0 });
        string lines = File.ReadAllText(journal.Path);
        JournalTests.AreSame(first, Audit(new() { JournalPath = journal.Path, JournalChecks = 0 }));
        Assert.AreEqual(lines, File.ReadAllText(journal.Path), "seeds, disturbances and fixed epochs are kept as well");
        Assert.Contains("@s", lines);
        Assert.Contains("@d", lines);
    }

    [TestMethod]
    public void Fit_SavedAndLoaded_GivesTheSameScores()
    {
        var catalog = _context.CounterfactualDatasets();
        var model = catalog.Generate(new() { ProtectedColumnName = "Sex", ProtectedSlots = [], Network = Four, Budget = FlipBudget.OfRows(2) }).Fit(Train);
        using var file = new TemporaryFile();
        _context.Model.Save(model, Train.Schema, file.Path);
        var loaded = new MLContext().Model.Load(file.Path, out _);
        foreach (string column in (string[])["Score", "CfdScore"])
            CollectionAssert.AreEqual(model.Transform(Test).GetColumn<float>(column).Take(6).ToArray(), loaded.Transform(Test).GetColumn<float>(column).Take(6).ToArray(), column);
        Assert.AreEqual(4, ((CounterfactualDatasetTransformer)catalog.Rehydrate(loaded)).Model.Model.Networks);
    }

    [TestMethod]
    [DataRow(0, "Networks is 0; allowed is 1 to 256")]
    [DataRow(257, "Networks is 257; allowed is 1 to 256")]
    public void ReluNetwork_NetworksOutOfRange_AreRefused(int networks, string part)
        => Assert.Contains("Networks", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _context.CounterfactualDatasets().Learners.ReluNetwork(null, Four with { Networks = networks })).Message, part);

    [TestMethod]
    public void Audit_AgreementOutOfRange_IsRefused()
        => Assert.Contains("Agreement", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Audit(new() { Agreement = 0.4 })).Message);

    [TestMethod]
    public async Task EstimateAsync_OfSeveralNetworks_CountsTrainingsOnAllWorkers()
    {
        var catalog = _context.CounterfactualDatasets();
        var estimate = await catalog.EstimateAsync(catalog.Learners.ReluNetwork(null, Four), Train, Test, Options(new() { MaxDegreeOfParallelism = 3 }));
        Assert.AreEqual((4, 3), (estimate.TrainingsPerRetrain, estimate.TrainingsAtOnce), "workers train networks, not whole ensembles");
        Assert.AreEqual(4L * estimate.RetrainsAtMost, estimate.TrainingsAtMost);
        Assert.AreEqual(estimate.TrainingsAtMost * estimate.TrainingTime / 3, estimate.TimeAtMost);
    }

    [TestMethod]
    public void Audit_OfSeveralNetworks_CountsSearchAndEvidenceInTrainings()
    {
        AuditProgress? last = null;
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(null, Four), Train, Test, Options(new() { Evidence = EvidenceOptions.Off, MaxDegreeOfParallelism = 1 }), new Immediate(step => last = step)).Report;
        Assert.AreEqual(4, report.Provenance.EnsembleSize);
        Assert.IsTrue(report.Rows.Any(row => row.FlipsAtCrossing > 1), "there was something to minimise");
        Assert.IsGreaterThanOrEqualTo(4L * report.Summary.UniqueRetrains, last!.Trainings);
        Assert.AreEqual(0, last.EvidenceTrainingsDone % 4, "of a flip set all networks are counted");
    }

    [TestMethod]
    public void Audit_AgreementOfASingleModel_IsRefusedWithTheRemedy()
    {
        var catalog = _context.CounterfactualDatasets();
        foreach (var learner in new[] { catalog.Learners.ReluNetwork(null, Four with { Networks = 1 }), catalog.Learners.Estimator(context => context.BinaryClassification.Trainers.LbfgsLogisticRegression()) })
        {
            string message = Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(learner, Train, Test, Options(new() { Agreement = 0.5 }))).Message;
            Assert.Contains("Agreement is 0.5, but one model decides", message);
            Assert.Contains("NetworkOptions.Networks", message);
        }

        var estimator = catalog.Generate(new() { ProtectedColumnName = "Sex", ProtectedSlots = [], Network = Four with { Networks = 1 }, Agreement = 0.9 });
        Assert.Contains("one model decides", Assert.ThrowsExactly<ArgumentException>(() => estimator.Fit(Train)).Message);
    }

    [TestMethod]
    public void SeededEstimator_Seed_IsHandedOnToFreshTrainings()
    {
        var catalog = _context.CounterfactualDatasets();
        var seeds = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var learner = catalog.Learners.SeededEstimator((context, seed) =>
        {
            seeds.AddOrUpdate(seed, 1, (_, count) => count + 1);
            return Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.SdcaLogisticRegression(
                new Microsoft.ML.Trainers.SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 5 }));
        }, seed: 7);
        var context = new MLContext(seed: 1);
        var report = catalog.Audit(
            learner, context.Data.LoadFromEnumerable(Applicant.Draw(160)), context.Data.LoadFromEnumerable(Applicant.Draw(30, seed: 2)),
            new() { ProtectedColumnName = "Sex", Budget = FlipBudget.OfRows(1), Phi = TestRowFilter.None }).Report;
        Assert.IsTrue(seeds.ContainsKey(7));
        if (report.Summary.Found > 0) Assert.IsGreaterThanOrEqualTo(5, seeds.Count, "its own and four fresh ones");
    }

    private IDataView Train => Applicant.Prepared(_context, 160);

    private IDataView Test => Applicant.Prepared(_context, 40, seed: 9);

    private AuditReport Audit(AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(null, Four), Train, Test, Options(options)).Report;
    }

    private static AuditOptions Options(AuditOptions options) => options with { ProtectedColumnName = "Sex", ProtectedSlots = [], Budget = FlipBudget.OfRows(3), SearchSeed = 3 };

    private sealed class Immediate(Action<AuditProgress> report) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => report(value);
    }
}
