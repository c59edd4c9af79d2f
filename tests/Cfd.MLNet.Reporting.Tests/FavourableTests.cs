using System.Text.Json;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Which label is favourable is said in the page and in the JSON.</summary>
[TestClass]
public sealed class FavourableTests
{
    [TestMethod]
    public void Page_Source_NamesTheFavourableLabel()
    {
        var report = Samples.MadeUp with { Provenance = Samples.MadeUp.Provenance with { PositiveLabel = "yes", NegativeLabel = "no" } };
        Assert.Contains("Favourable: <b>yes</b>. Unfavourable: <b>no</b>.", Source(report, new ReportText()));
        Assert.Contains(
            "Favourable: <b>yes</b> (hired). Unfavourable: <b>no</b> (turned down).",
            Source(report, new ReportText { Favourable = "hired", Unfavourable = "turned down" }));
    }

    [TestMethod]
    public void Json_Provenance_NamesTheFavourableLabel()
    {
        using var file = new TemporaryFile();
        (Samples.MadeUp with { Provenance = Samples.MadeUp.Provenance with { PositiveLabel = "yes" } }).SaveJson(file.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(file.Path));
        Assert.AreEqual("yes", json.RootElement.GetProperty("provenance").GetProperty("positiveLabel").GetString());
    }

    private static string Source(AuditReport report, ReportText text)
    {
        string page = ReportPage.Render(report, text);
        int start = page.IndexOf("<section id=\"source\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }
}
