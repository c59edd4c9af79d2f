using Cfd.MLNet.Tests;
using Cfd.MLNet.Tests.Reports;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Pages and charts of every report that an audit could give, with texts that mean harm.</summary>
[TestClass]
public sealed class RandomPageTests
{
    private const int Reports = 25;

    [TestMethod]
    public void SaveHtml_OfEveryReport_EscapesItsTexts()
    {
        using var file = new TemporaryFile();
        for (ulong seed = 1; seed <= Reports; seed++)
        {
            var report = new RandomReports(seed) { WithHalves = seed % 2 == 0 }.Next();
            report.SaveHtml(file.Path);
            string page = File.ReadAllText(file.Path);
            Assert.DoesNotContain("<script>alert", page, $"seed {seed}");
            Assert.DoesNotContain("<img", page, $"seed {seed}");
            Assert.IsFalse(page.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')), $"seed {seed}");
        }
    }

    [TestMethod]
    public void SaveCharts_OfEveryReport_WritesThem()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            using var folder = new TemporaryFile();
            Assert.IsTrue(new RandomReports(seed).Next().SaveCharts(folder.Path).All(File.Exists), $"seed {seed}");
        }
    }
}
