using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Common;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Audits that go on from a journal.</summary>
[TestClass]
public sealed class JournalTests
{
    private static readonly Lazy<AuditReport> Plain = new(SampleReports.Create);

    [TestMethod]
    public void Audit_Journal_GivesTheSameReportAndTrainsNothingTwice()
    {
        using var file = new TemporaryFile();
        AreSame(Plain.Value, Audit(file.Path));
        string[] lines = File.ReadAllLines(file.Path);
        AreSame(Plain.Value, Audit(file.Path));
        CollectionAssert.AreEqual(lines, File.ReadAllLines(file.Path), "nothing is left to write");
        Assert.AreEqual(0, Plain.Value.Provenance.EarlierTrainings);
        Assert.AreEqual(lines.Count(line => line.StartsWith("retrain ", StringComparison.Ordinal)), Audit(file.Path).Provenance.EarlierTrainings);
        Assert.AreEqual(50, lines.Count(line => line.StartsWith("row ", StringComparison.Ordinal)));
        Assert.IsGreaterThanOrEqualTo(Plain.Value.Summary.UniqueRetrains, lines.Count(line => line.StartsWith("retrain ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Audit_JournalOfFewRows_HoldsTheLogitsOfTheseAlone()
    {
        using var file = new TemporaryFile();
        var options = SampleReports.Options with { MaxRows = 6, RowsPerGroup = 0 };
        var report = Audit(file.Path, options);
        Assert.IsInRange(6, 40, report.Rows.Count);
        string[] retrains = [.. File.ReadAllLines(file.Path).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal))];
        Assert.IsNotEmpty(retrains);
        foreach (string line in retrains) Assert.HasCount(report.Rows.Count, JournalLine.Numbers(line.Split(' ')[4]));
        AreSame(report, Audit(file.Path, options));
        Assert.HasCount(retrains.Length, File.ReadAllLines(file.Path).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Audit_StoppedWhileRowsAreFiltered_LeavesAJournalToGoOnFrom()
    {
        using var file = new TemporaryFile();
        using var source = new CancellationTokenSource();
        int calls = 0;
        var options = SampleReports.Options with
        {
            JournalPath = file.Path,
            MaxDegreeOfParallelism = 1,
            Phi = TestRowFilter.Where("mine", row =>
            {
                if (++calls == 12) source.Cancel();
                return row.Features.Span[2] > 0;
            }),
            MaxRows = 12,
            RowsPerGroup = 0,
        };
        var stopped = SampleReports.Run(options, cancellationToken: source.Token).Report;
        Assert.IsTrue(stopped.Summary.IsCancelled);
        Assert.AreEqual(0, stopped.Summary.UniqueRetrains);
        Assert.IsFalse(File.ReadLines(file.Path).Any(line => line.StartsWith("retrain ", StringComparison.Ordinal)));
        AreSame(SampleReports.Create(options with { JournalPath = null }), SampleReports.Create(options));
    }

    [TestMethod]
    public void Audit_JournalCutAnywhere_GoesOnFromThere()
    {
        using var file = new TemporaryFile();
        Audit(file.Path);
        byte[] whole = File.ReadAllBytes(file.Path);
        var random = new SeededRandom(3);
        for (int trial = 0; trial < 6; trial++)
        {
            int length = trial == 0 ? 5 : random.NextInt32(whole.Length);
            File.WriteAllBytes(file.Path, whole[..length]);
            AreSame(Plain.Value, Audit(file.Path));
            string[] flips = [.. File.ReadAllLines(file.Path).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
            CollectionAssert.AllItemsAreUnique(flips, $"cut at byte {length}");
        }
    }

    [TestMethod]
    public void Audit_JournalOfOtherDataOrOptions_IsRefusedWithTheDifference()
    {
        using var file = new TemporaryFile();
        Audit(file.Path);
        Refused("Budget.Count was 4 and is 3", SampleReports.Options with { Budget = FlipBudget.OfRows(3) });
        Refused("training data was ", SampleReports.Options with { RowIdColumnName = null });
        Audit(file.Path, SampleReports.Options with { MaxDegreeOfParallelism = 1, MemoBytes = 0 });

        void Refused(string difference, AuditOptions options)
        {
            string message = Assert.ThrowsExactly<ArgumentException>(() => Audit(file.Path, options)).Message;
            Assert.Contains(difference, message);
            Assert.DoesNotContain("Schedule", message);
        }
    }

    [TestMethod]
    public void Audit_CutOffByItsTimeBudget_GoesOnWithMoreOfIt()
    {
        using var file = new TemporaryFile();
        var cutOff = Audit(file.Path, SampleReports.Options with { TimeBudget = TimeSpan.FromTicks(1) });
        Assert.AreNotEqual(0, cutOff.Summary.NotReached);
        AreSame(Plain.Value, Audit(file.Path, SampleReports.Options with { TimeBudget = TimeSpan.FromHours(1) }) with { Provenance = Plain.Value.Provenance });
        AreSame(Plain.Value, Audit(file.Path));
    }

    [TestMethod]
    [DataRow("a changed byte")]
    [DataRow("a lost line")]
    [DataRow("two lines changed over")]
    [DataRow("a last line that ends")]
    public void Audit_DamagedJournal_IsAnErrorWithItsLine(string damage)
    {
        using var file = new TemporaryFile();
        Audit(file.Path);
        var lines = File.ReadAllLines(file.Path).ToList();
        int damaged = 5;
        switch (damage)
        {
            case "a changed byte":
                lines[4] = lines[4].Replace("1", "2", StringComparison.Ordinal);
                break;
            case "a lost line":
                lines.RemoveAt(4);
                break;
            case "two lines changed over":
                (lines[4], lines[5]) = (lines[5], lines[4]);
                break;
            default:
                damaged = lines.Count;
                lines[^1] = lines[^1][..^3];
                break;
        }

        File.WriteAllLines(file.Path, lines);
        Assert.Contains($"line {damaged} is damaged", Assert.ThrowsExactly<InvalidDataException>(() => Audit(file.Path)).Message);
    }

    [TestMethod]
    public void Audit_JournalWhoseRowsDoNotFollow_IsAnErrorWithItsLine()
    {
        using var file = new TemporaryFile();
        Audit(file.Path);
        string[] lines = File.ReadAllLines(file.Path);
        int row = Array.FindIndex(lines, line => line.StartsWith("row ", StringComparison.Ordinal) && line.Contains(" Found ", StringComparison.Ordinal));
        lines[row] = JournalLine.Seal(row + 1, JournalLine.Open(row + 1, lines[row])!.Replace(" Found ", " NotFound ", StringComparison.Ordinal));
        File.WriteAllLines(file.Path, lines);
        Assert.Contains($"line {row + 1} is damaged", Assert.ThrowsExactly<InvalidDataException>(() => Audit(file.Path)).Message);
    }

    [TestMethod]
    public void Audit_SomethingElseAsJournal_IsLeftAlone()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "important, without an end of line");
        Assert.Contains("is no journal", Assert.ThrowsExactly<InvalidDataException>(() => Audit(file.Path)).Message);
        Assert.AreEqual("important, without an end of line", File.ReadAllText(file.Path));
    }

    [TestMethod]
    public void PrepareAudit_Journal_IsRefused()
    {
        var context = new Microsoft.ML.MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var (train, test) = (SampleReports.Rows(context, 160, 1), SampleReports.Rows(context, 50, 2));
        Assert.Contains("single call of Audit", Assert.ThrowsExactly<ArgumentException>(() => catalog.PrepareAudit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(context)), train, test, SampleReports.Options with { JournalPath = "journal" })).Message);
    }

    [TestMethod]
    public void Recall_WhatWasAdded_IsTheSameBits()
    {
        using var file = new TemporaryFile();
        float[] logits = [1.25f, -0f, float.NaN, float.NegativeInfinity, float.Epsilon, BitConverter.Int32BitsToSingle(0x7FC12345)];
        var answered = new Retrain(new Answer(logits), null, TimeSpan.FromTicks(12345));
        var diverged = new Retrain(null, "the loss left the range of numbers, ümlaut included", TimeSpan.FromTicks(7));
        for (int opened = 0; opened < 2; opened++)
        {
            using var journal = Journal.Open(file.Path, new JournalHeader([new("data", "x")]));
            journal.Asked = AskedRows.All(logits.Length);
            if (opened == 0)
            {
                Assert.IsNull(journal.Recall(new FlipSet([3, 1])));
                journal.Add(new FlipSet([3, 1]), answered);
                journal.Add(new FlipSet([2]), diverged);
            }

            var recalled = journal.Recall(new FlipSet([1, 3]))!.Value;
            Numbers.AreSameBits(logits, recalled.Answer!.Logits, "recalled");
            Assert.AreEqual(answered.Time, recalled.Time);
            Assert.AreEqual(diverged, journal.Recall(new FlipSet([2])));
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void Add_ManyRetrains_KeepsWhereTheyStandAndNotWhatTheySay()
    {
        using var file = new TemporaryFile();
        float[] logits = new float[10_000];
        using var journal = Journal.Open(file.Path, new JournalHeader([new("data", "x")]));
        journal.Asked = AskedRows.All(logits.Length);
        journal.Add(new FlipSet([1000]), new Retrain(new Answer(logits), null, default));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int row = 0; row < 250; row++)
        {
            float[] own = [.. logits];
            own[^1] = row;
            journal.Add(new FlipSet([row]), new Retrain(new Answer(own), null, default));
        }

        Assert.IsLessThan(before + (2 << 20), GC.GetTotalMemory(forceFullCollection: true), "250 answers are 10 MB");
        Assert.AreEqual(77, journal.Recall(new FlipSet([77]))!.Value.Answer!.Logits[^1]);
    }

    [TestMethod]
    public void Audit_JournalWithOrWithoutAMemo_GivesTheSameReport()
    {
        using var first = new TemporaryFile();
        using var second = new TemporaryFile();
        AreSame(Plain.Value, Audit(first.Path, SampleReports.Options with { MemoBytes = 0 }));
        AreSame(Plain.Value, Audit(second.Path, SampleReports.Options with { MemoBytes = 2000 }));
        string[] flips = [.. File.ReadAllLines(first.Path).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
        CollectionAssert.AllItemsAreUnique(flips, "what the memo does not keep is read from the journal, not trained again");
    }

    /// <summary>Equal but for start, duration and machine.</summary>
    internal static void AreSame(AuditReport expected, AuditReport actual)
        => Assert.AreEqual(expected with { Provenance = actual.Provenance with { Settings = expected.Provenance.Settings } }, actual);

    private static AuditReport Audit(string journal, AuditOptions? options = null)
        => SampleReports.Create((options ?? SampleReports.Options) with { JournalPath = journal });
}
