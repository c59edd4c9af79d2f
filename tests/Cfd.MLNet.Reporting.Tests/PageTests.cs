using System.Text.RegularExpressions;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The page as a text.</summary>
[TestClass]
public sealed partial class PageTests
{
    private const int MaximumBytes = 2_000_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void SaveHtml_TwoHundredRowsAllFound_StaysSmallAndLoadsNothing()
    {
        using var file = new TemporaryFile();
        var report = Samples.WithRows(200);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        report.SaveHtml(file.Path);
        TestContext.WriteLine($"200 rows, all with a CFD: {watch.ElapsedMilliseconds} ms, {new FileInfo(file.Path).Length:N0} bytes");
        Assert.IsLessThan(MaximumBytes, new FileInfo(file.Path).Length);
        string page = File.ReadAllText(file.Path);
        foreach (Match reference in Reference().Matches(page))
            Assert.IsTrue(reference.Groups[1].Value is ['#', ..] or "data:,", reference.Value);
    }

    [TestMethod]
    public void SaveHtml_HostileText_IsNowhereMarkup()
    {
        string page = ReportPage.Render(Samples.WithHostileText(), new ReportText { Title = Samples.Hostile, Row = Samples.Hostile, Remarks = [Samples.Hostile] });
        Assert.AreEqual(1, Regex.Count(page, "<script"), "the page's own");
        Assert.DoesNotContain("'><script", page);
    }

    [TestMethod]
    public void SaveHtml_IdsOfCharts_AreUnique()
    {
        string page = ReportPage.Render(Samples.MadeUp, new ReportText());
        string[] ids = [.. Id().Matches(page).Select(match => match.Groups[1].Value)];
        CollectionAssert.AllItemsAreUnique(ids);
        foreach (Match use in Use().Matches(page)) Assert.Contains(use.Groups[1].Value, ids);
    }

    [TestMethod]
    public void SaveHtml_ReportReadFromJson_IsTheSamePage()
    {
        using var file = new TemporaryFile();
        Samples.MadeUp.SaveJson(file.Path);
        var text = new ReportText();
        Assert.AreEqual(ReportPage.Render(Samples.MadeUp, text), ReportPage.Render(AuditReport.LoadJson(file.Path), text));
    }

    [TestMethod]
    public void SaveHtml_NothingFound_SaysSo()
    {
        var report = Samples.MadeUp;
        var none = report with
        {
            Rows = [.. report.Rows.Select(row => row with { Counterfactuals = [], Outcome = CounterfactualOutcome.NotFound })],
            ImplicatedTrainingRows = [],
            Summary = report.Summary with { Found = 0, NotFound = 0, NoCandidates = 0, Failed = 1 },
        };
        Assert.Contains("nothing can be said", ReportPage.Render(none with { Rows = [none.Rows[0] with { Outcome = CounterfactualOutcome.Failed, Reason = "a reason" }] }, new ReportText()));
    }

    [GeneratedRegex("""(?:src|href|action|data)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\sid=""([^""]+)""")]
    private static partial Regex Id();

    [GeneratedRegex("""url\(#([^)]+)\)""")]
    private static partial Regex Use();
}
