using System.Globalization;
using System.Text.RegularExpressions;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The page as a text.</summary>
[TestClass]
public sealed partial class PageTests
{
    private const int MaximumBytes = 800_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void SaveHtml_AThousandRows_StaysSmallAndLoadsNothing()
    {
        using var file = new TemporaryFile();
        Samples.WithRows(1000, nth: 12).SaveHtml(file.Path);
        TestContext.WriteLine($"1,000 rows, 84 with a CFD: {new FileInfo(file.Path).Length:N0} bytes");
        Assert.IsLessThan(MaximumBytes, new FileInfo(file.Path).Length);
        string page = File.ReadAllText(file.Path);
        foreach (Match reference in Reference().Matches(page))
            Assert.IsTrue(reference.Groups[1].Value is ['#', ..] or "data:,", reference.Value);
        Assert.DoesNotContain("unsafe-", page, "the policy names style and script by their hashes");
    }

    [TestMethod]
    public void SaveHtml_HostileText_IsNowhereMarkup()
    {
        string page = ReportPage.Render(Samples.WithHostileText(), new ReportText { Title = Samples.Hostile, Row = Samples.Hostile, Remarks = [Samples.Hostile] });
        Assert.AreEqual(1, Regex.Count(page, "<script"), "the page's own");
        Assert.DoesNotContain("'><script", page);
    }

    [TestMethod]
    public void SaveHtml_Ids_AreUniqueAndAllLinksLeadToOne()
    {
        foreach (var report in new[] { Samples.MadeUp, Samples.WithHostileText() })
        {
            string page = ReportPage.Render(report, new ReportText());
            string[] ids = [.. Id().Matches(page).Select(match => match.Groups[1].Value)];
            CollectionAssert.AllItemsAreUnique(ids);
            foreach (Match link in Link().Matches(page)) Assert.Contains(link.Groups[1].Value, ids);
        }
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
    public void SaveHtml_FlipsOfARow_StandByTheirForecastAndTellIt()
    {
        var (report, text) = SevenReports.Of("generated");
        var row = report.Rows.First(row => row.FlippedRows.Count > 2);
        string page = ReportPage.Render(report, text);
        string person = page[page.IndexOf($"id=person-{row.Id}>", StringComparison.Ordinal)..];
        var cells = Forecasts().Match(person);
        double[] told = [.. Number().Matches(cells.Value).Select(match => double.Parse(match.Value.Replace('\u2212', '-'), CultureInfo.InvariantCulture))];
        float[] forecast = [.. row.Counterfactuals[0].ForecastShifts!.OrderDescending().Take(told.Length)];
        CollectionAssert.AreEqual(forecast.Select(shift => Math.Round((double)shift, 3)).ToArray(), told);
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

    [GeneratedRegex(@"\sid=""?([^"" >]+)")]
    private static partial Regex Id();

    [GeneratedRegex("forecast of this label alone<td>(<td>[^<]*)+")]
    private static partial Regex Forecasts();

    [GeneratedRegex("(?<=<td>)[+\u2212][0-9.]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"href=""?#([^"" >]+)")]
    private static partial Regex Link();
}
