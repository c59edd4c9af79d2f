using Cfd.MLNet.Common;
using Cfd.MLNet.Tests.Auditing;

namespace Cfd.MLNet.Tests.Common;

/// <summary>Text that every encoding can hold.</summary>
[TestClass]
public sealed class ValidTextTests
{
    [TestMethod]
    public void Of_HalvesOfCharacters_BecomeReplacements()
    {
        // Attributes cannot hold halves: they are UTF-8 themselves.
        foreach (var (text, expected) in new[]
        {
            ("", ""), ("a\u00E9\u4E2D", "a\u00E9\u4E2D"), ("\U0001F600", "\U0001F600"), ("\uD83D", "\uFFFD"), ("a\uDE00b", "a\uFFFDb"),
            ("\U0001F600\uD83D", "\U0001F600\uFFFD"), ("\uDE00\uD83D", "\uFFFD\uFFFD"), ("\uD83D\U0001F600", "\uFFFD\U0001F600"),
        })
        {
            Assert.AreEqual(expected, ValidText.Of(text));
        }
    }

    [TestMethod]
    public void Of_ValidText_IsTheSameObject()
    {
        string text = "valid \U0001F600";
        Assert.AreSame(text, ValidText.Of(text));
    }

    [TestMethod]
    public void Audit_HalvesOfCharactersInTheData_SurviveJsonAndCsv()
    {
        var context = new Microsoft.ML.MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var rows = Applicant.Draw(160, 1);
        foreach (var row in rows) (row.Id, row.Sex) = (row.Id + "\uD83D", row.Sex + "\uDE00");
        var view = context.Data.LoadFromEnumerable(rows);
        using var file = new TemporaryFile();
        var report = catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(context)), view, view, SampleReports.Options with { InputColumnNames = ["Sex", "Test"] }).Report;
        report.SaveJson(file.Path);
        Assert.AreEqual(report, AuditReport.LoadJson(file.Path));
        Assert.EndsWith("\uFFFD", report.Rows[0].Id!);
        Assert.EndsWith("\uFFFD", report.Rows[0].Group);
        report.SaveImplicatedRowsCsv(file.Path);
    }
}
