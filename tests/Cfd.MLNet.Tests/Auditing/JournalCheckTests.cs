using Cfd.MLNet.Auditing;
using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Learning;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Whether a journal is of the learner that goes on from it.</summary>
[TestClass]
public sealed class JournalCheckTests
{
    [TestMethod]
    public void Require_SameAnswers_DoesAsManyAgainAsAsked()
    {
        Assert.AreEqual(2, Check(2, (flips, _) => Answer(flips, 0)));
        Assert.AreEqual(0, Check(0, (flips, _) => Answer(flips, 1)));
        Assert.AreEqual(5, Check(100, (flips, _) => Answer(flips, 0)), "there are no more");
    }

    [TestMethod]
    public void Require_OtherAnswersThatStay_IsAChangedLearner()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Check(2, (flips, _) => Answer(flips, 1))).Message;
        Assert.Contains("the retrain of line 2, done again, gives other scores for 1 of 2 test rows (row 1: 1 then, 2 now)", message);
        Assert.Contains("it is the learner that changed", message);
        Assert.Contains("no longer fails (diverged)", Assert.ThrowsExactly<ArgumentException>(() => Check(100, (flips, _) => flips.Count == 2 ? Answer(flips, 1) : Answer(flips, 0))).Message);
    }

    [TestMethod]
    public void Require_OtherAnswersEachTime_IsANoisyLearner()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Check(2, (flips, call) => Answer(flips, call))).Message;
        Assert.Contains("The learner is noisy", message);
        Assert.DoesNotContain("changed", message);
    }

    [TestMethod]
    public void Require_TimeOver_TrainsNothing()
    {
        var time = new ManualTime();
        using var clock = new AuditClock(TimeSpan.FromSeconds(2.5), time);
        Assert.AreEqual(3, Check(5, (flips, _) => Answer(flips, 0), clock, () => time.Advance(TimeSpan.FromSeconds(1))));
    }

    [TestMethod]
    public void Audit_PipelineWithEqualScoresButOtherRetrains_IsRefused()
    {
        using var file = new TemporaryFile();
        bool changed = false;
        Run();
        Run();
        changed = true;
        Assert.Contains("the learner that changed", Assert.ThrowsExactly<ArgumentException>(Run).Message);

        // The first fit of an audit is f, whose scores stay; what is changed is all fits behind the trials.
        void Run()
        {
            int fits = 0;
            var context = new MLContext(seed: 1);
            var catalog = context.CounterfactualDatasets();
            var learner = catalog.Learners.Estimator(inner => Applicant.Preparation(inner).Append(inner.BinaryClassification.Trainers.LbfgsLogisticRegression(
                new() { NumberOfThreads = 1, L2Regularization = changed && Interlocked.Increment(ref fits) > 5 ? 0.5f : 1 })));
            catalog.Audit(learner, SampleReports.Rows(context, 80, 1), SampleReports.Rows(context, 20, 2), Options(file.Path));
        }
    }

    [TestMethod]
    public void Audit_OtherVersionOrTestLabels_IsRefused()
    {
        using var file = new TemporaryFile();
        var report = Run("1", 2);
        Assert.AreEqual("1", report.Provenance.Settings.Single(setting => setting.Name == "Learner.Version").Value);
        Assert.AreEqual(report.Provenance.TestDataHash, Run("1", 2).Provenance.TestDataHash);
        Assert.Contains("Learner.Version was 1 and is 2", Assert.ThrowsExactly<ArgumentException>(() => Run("2", 2)).Message);
        Assert.Contains("test data was", Assert.ThrowsExactly<ArgumentException>(() => Run("1", 2, turnLabels: true)).Message);

        AuditReport Run(string version, ulong seed, bool turnLabels = false)
        {
            var context = new MLContext(seed: 1);
            var catalog = context.CounterfactualDatasets();
            var learner = catalog.Learners.ReluNetwork(Applicant.Preparation(context), new() { MaxEpochs = 10 }).WithVersion(version);
            Applicant[] test = [.. Applicant.Draw(20, seed)];
            if (turnLabels) test[3].Label = !test[3].Label;
            return catalog.Audit(learner, SampleReports.Rows(context, 80, 1), context.Data.LoadFromEnumerable(test), Options(file.Path)).Report;
        }
    }

    [TestMethod]
    public void Audit_OtherPsiOfTheSameName_IsRefusedBeforeTheSearch()
    {
        using var file = new TemporaryFile();
        SampleReports.Create(WithPsi(isAll: true));
        long length = new FileInfo(file.Path).Length;
        Assert.Contains("psi admits other training rows", Assert.ThrowsExactly<ArgumentException>(() => SampleReports.Create(WithPsi(isAll: false))).Message);
        Assert.AreEqual(length, new FileInfo(file.Path).Length);

        AuditOptions WithPsi(bool isAll) => SampleReports.Options with { JournalPath = file.Path, Psi = TrainingRowFilter.Where("mine", (_, row) => isAll || row.Label) };
    }

    private static AuditOptions Options(string journal) => SampleReports.Options with { GroupByColumnNames = [], Budget = FlipBudget.OfRows(2), Schedule = Schedule.TopK, Ranking = Ranking.Random, JournalPath = journal };

    /// <summary>Checks a journal of five retrains, the fourth of which diverged; how many were done again.</summary>
    private static int Check(int count, Func<FlipSet, int, Retrain> train, AuditClock? clock = null, Action? trained = null)
    {
        using var file = new TemporaryFile();
        using var journal = Journal.Open(file.Path, new JournalHeader([new("data", "x")]));
        journal.Asked = AskedRows.All(2);
        for (int row = 0; row < 5; row++) journal.Add(FlipsOf(row), Answer(FlipsOf(row), 0));
        int calls = 0;
        using var own = new AuditClock(null);
        new JournalCheck(journal, (key, _) =>
        {
            trained?.Invoke();
            return train(key.Flips, ++calls);
        }).Require(count, clock ?? own, CancellationToken.None);
        return calls;
    }

    private static FlipSet FlipsOf(int row) => new(row == 3 ? [3, 4] : [row]);

    private static Retrain Answer(FlipSet flips, int change)
        => flips.Count == 2 && change == 0 ? new(null, "diverged", default) : new(new Answer([flips.Rows[0], 1 + change]), null, default);
}
