using System.Runtime.CompilerServices;
using System.Text;
using Cfd.MLNet.Reports;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Audits whose retrains run elsewhere.</summary>
[TestClass]
public sealed class ExecutorAuditTests
{
    private static readonly AuditOptions Options = new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Budget = FlipBudget.OfRows(4) };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Audit_ByAnExecutor_GivesTheSameReport(int networks)
    {
        var here = Audit(Options, networks);
        var executor = new Late(3);
        var elsewhere = Audit(Options with { Executor = executor }, networks);
        Assert.AreEqual(Comparable(here), Comparable(elsewhere));
        Assert.IsGreaterThan(2, here.Summary.Found);
        Assert.IsGreaterThan(0, here.Evidence!.Trainings);
        Assert.AreEqual(1, executor.Packages, "one package");
        Assert.Contains("3 models at once by Late", elsewhere.Provenance.Machine);
        Assert.Contains(new AuditSetting("Schedule.Window", "8"), elsewhere.Provenance.Settings);
    }

    [TestMethod]
    public void Audit_ExecutorThatFails_EndsWithItsReason()
    {
        var failure = Assert.ThrowsExactly<IOException>(() => Audit(Options with { Executor = new Late(3) { FailsAt = 5 } }, networks: 1));
        Assert.AreEqual("the database is gone", failure.Message);
    }

    [TestMethod]
    public void Audit_CancelledElsewhere_KeepsWhatWasAnswered()
    {
        using var source = new CancellationTokenSource();
        var executor = new Late(3) { CancelsAt = (6, source) };
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Raw(160), Raw(50, seed: 2), Options with { Executor = executor }, cancellationToken: source.Token).Report;
        Assert.IsTrue(report.Summary.IsCancelled);
        Assert.IsGreaterThan(0, report.Summary.UniqueRetrains);
        Assert.IsGreaterThan(0, report.Summary.NotReached);
    }

    [TestMethod]
    public void Audit_PipelineBuiltByAFunction_IsRefusedWithTheRemedy()
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(context => Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.SdcaLogisticRegression()));
        var failure = Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(learner, Raw(80), Raw(20), Options with { Executor = new Late(1) }));
        Assert.Contains("cannot be sent to another process", failure.Message);
        Assert.Contains("Leave Executor null", failure.Message);
    }

    private AuditReport Audit(AuditOptions options, int networks)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context), new() { Networks = networks }), Raw(160), Raw(50, seed: 2), options).Report;
    }

    /// <summary>All of a report but where and when it was made.</summary>
    private static string Comparable(AuditReport report)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(stream, report with { Provenance = report.Provenance with { Machine = "", Started = default, Duration = default } });
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private IDataView Raw(int count, ulong seed = 1) => _context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));

    /// <summary>Sends packages and requests as bytes and texts, and answers late and out of order.</summary>
    private sealed class Late(int slots) : IRetrainExecutor
    {
        private readonly LocalRetrainExecutor _workers = new(slots);
        private readonly Dictionary<string, WorkPackage> _packages = [];
        private int _calls;

        public int FailsAt { get; init; }

        public (int Call, CancellationTokenSource Source) CancelsAt { get; init; }

        public int Packages => _packages.Count;

        public int Width => slots;

        public async IAsyncEnumerable<RetrainAnswer> ExecuteAsync(
            WorkPackage package, IReadOnlyList<RetrainRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            WorkPackage? sent;
            lock (_packages)
            {
                if (!_packages.TryGetValue(package.Hash, out sent)) _packages[package.Hash] = sent = WorkPackage.Read(package.Bytes);
            }

            int call = Interlocked.Increment(ref _calls);
            if (call == FailsAt) throw new IOException("the database is gone");
            if (call == CancelsAt.Call) await CancelsAt.Source.CancelAsync();
            if (call % 3 == 0) await Task.Delay(5, cancellationToken);
            await foreach (var answer in _workers.ExecuteAsync(sent, [.. requests.Select(request => RetrainRequest.Parse(request.ToString()))], cancellationToken)) yield return answer;
        }
    }
}
