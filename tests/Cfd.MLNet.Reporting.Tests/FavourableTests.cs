using System.Text.Json;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Which label is favourable stands where a reader begins.</summary>
[TestClass]
public sealed class FavourableTests
{
    [TestMethod]
    public void Page_FirstSection_NamesTheFavourableLabel()
    {
        var report = Samples.MadeUp with { Provenance = Samples.MadeUp.Provenance with { PositiveLabel = "yes", NegativeLabel = "no" } };
        Assert.Contains("Favourable: <b>yes</b>. Unfavourable: <b>no</b>.", Answer(report, new ReportText()));
        Assert.Contains(
            "Favourable: <b>yes</b> (hired). Unfavourable: <b>no</b> (turned down).",
            Answer(report, new ReportText { Favourable = "hired", Unfavourable = "turned down" }));
    }

    [TestMethod]
    public void Json_Provenance_NamesTheFavourableLabel()
    {
        using var file = new TemporaryFile();
        (Samples.MadeUp with { Provenance = Samples.MadeUp.Provenance with { PositiveLabel = "yes" } }).SaveJson(file.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(file.Path));
        Assert.AreEqual("yes", json.RootElement.GetProperty("provenance").GetProperty("positiveLabel").GetString());
    }

    private static string Answer(AuditReport report, ReportText text)
    {
        string page = ReportPage.Render(report, text);
        int start = page.IndexOf("<section id=\"answer\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }
}
