using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Common;

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
        Assert.AreEqual(50, lines.Count(line => line.StartsWith("row ", StringComparison.Ordinal)));
        Assert.IsGreaterThanOrEqualTo(Plain.Value.Summary.UniqueRetrains, lines.Count(line => line.StartsWith("retrain ", StringComparison.Ordinal)));
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
        lines[row] = JournalLine.Seal(row + 1, JournalLine.Open(row + 1, lines[row])!.Replace(" Found ", " NotFoundWithinBudget ", StringComparison.Ordinal));
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

    /// <summary>Equal but for start, duration and machine.</summary>
    internal static void AreSame(AuditReport expected, AuditReport actual)
        => Assert.AreEqual(expected with { Provenance = actual.Provenance with { Settings = expected.Provenance.Settings } }, actual);

    private static AuditReport Audit(string journal, AuditOptions? options = null)
        => SampleReports.Create((options ?? SampleReports.Options) with { JournalPath = journal });
}
