using System.Globalization;
using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tests;
using Cfd.MLNet.Tests.Auditing;

[assembly: DoNotParallelize]

namespace Cfd.MLNet.Culture.Tests;

/// <summary>The same bytes whatever the user's language: with cultures on, unlike all other projects of the repository.</summary>
[TestClass]
public sealed class CultureTests
{
    private static readonly Lazy<Dictionary<string, string>> Expected = new(() => Written(CultureInfo.InvariantCulture));

    /// <summary>Decimal commas; a dotless i; other digits and a minus with a mark; a minus sign of its own.</summary>
    [TestMethod]
    [DataRow("de-DE", "1,5")]
    [DataRow("tr-TR", "1,5")]
    [DataRow("ar-SA", null)]
    [DataRow("fa-IR", null)]
    [DataRow("sv-SE", "1,5")]
    public void Files_OfAnAudit_AreTheSameBytes(string name, string? number)
    {
        var culture = CultureInfo.GetCultureInfo(name);
        if (number is not null) Assert.AreEqual(number, 1.5.ToString(culture), "cultures are off, so that this test would show nothing");
        var written = Written(culture);
        CollectionAssert.AreEquivalent(Expected.Value.Keys, written.Keys);
        foreach (var (file, content) in Expected.Value) Assert.AreEqual(content, written[file], $"{file} differs under {name}");
    }

    [TestMethod]
    [DataRow("de-DE")]
    [DataRow("tr-TR")]
    [DataRow("ar-SA")]
    [DataRow("fa-IR")]
    [DataRow("sv-SE")]
    public void LoadJson_UnderAnotherCulture_GivesAnEqualReport(string name) => Under(CultureInfo.GetCultureInfo(name), () =>
    {
        using var file = new TemporaryFile();
        var report = Report();
        report.SaveJson(file.Path);
        Assert.AreEqual(report, AuditReport.LoadJson(file.Path));
        Assert.AreEqual(Under(CultureInfo.InvariantCulture, report.ToString), report.ToString());
        return true;
    });

    private static AuditReport Report() => SampleReports.Create(SampleReports.Options with { Evidence = new() { Level = EvidenceLevel.Quick } });

    /// <summary>Everything that an audit writes, by name; what tells of time and machine is taken out before.</summary>
    private static Dictionary<string, string> Written(CultureInfo culture) => Under(culture, () =>
    {
        using var folder = new TemporaryFile();
        Directory.CreateDirectory(folder.Path);
        string journal = Path.Combine(folder.Path, "journal");
        var report = SampleReports.Create(SampleReports.Options with { Evidence = new() { Level = EvidenceLevel.Quick }, JournalPath = journal });
        report = report with { Provenance = report.Provenance with { Started = default, Duration = default } };
        report.SaveJson(Path.Combine(folder.Path, "json"));
        report.SaveImplicatedRowsCsv(Path.Combine(folder.Path, "csv"));
        report.SaveHtml(Path.Combine(folder.Path, "html"));
        report.SaveCharts(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, "text"), report.ToString() + report.Rows[0]);
        File.WriteAllLines(journal, File.ReadAllLines(journal).Select(WithoutTime).Order(StringComparer.Ordinal));
        return Directory.GetFiles(folder.Path).ToDictionary(
            file => Path.GetFileName(file), file => file.EndsWith(".png", StringComparison.Ordinal) ? Convert.ToHexString(File.ReadAllBytes(file)) : File.ReadAllText(file));
    });

    /// <summary>A line without its checksum, a retrain's without its time; their order is that of the threads.</summary>
    private static string WithoutTime(string line)
    {
        string[] words = line.Split(' ')[..^1];
        if (words[0] == "retrain") words[2] = "";
        return string.Join(' ', words);
    }

    private static T Under<T>(CultureInfo culture, Func<T> work)
    {
        var (own, ownUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var (threads, threadsUi) = (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = culture;
            return work();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (own, ownUi);
            (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (threads, threadsUi);
        }
    }
}
