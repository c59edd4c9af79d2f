using Cfd.MLNet.Reporting.Page;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The page on paper, read back from its PDF.</summary>
[TestClass]
public sealed class PrintTests : BrowserTest
{
    private const int MostPages = 12;

    [TestMethod]
    public async Task Printed_TwoHundredRowsThirtyFound_IsWholeAndShort()
    {
        var (german, text) = Samples.German();
        var report = Samples.WithFound(german, 30);
        await using var page = await Browser.ShowAsync(report, text);
        byte[] pdf = await page.Page.PdfAsync(new() { PreferCSSPageSize = true });
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures")).FullName, "printed.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        TestContext.AddResultFile(file);
        string[] pages = Read(pdf);
        TestContext.WriteLine($"{report.Rows.Count} rows, {report.Summary.Found} with a CFD: {pages.Length} pages");
        Assert.AreEqual(200, report.Rows.Count);
        Assert.IsLessThanOrEqualTo(MostPages, pages.Length);
        string whole = string.Join(' ', pages);
        foreach (var row in report.Rows.Where(row => row.Counterfactuals.Count > 0))
        {
            foreach (string flipped in row.FlippedRowIds!) Assert.Contains($"line {flipped}", whole, $"flipped for {row.Id}");
        }

        foreach (var row in report.Rows) Assert.Contains($"{row.Id} ", whole, "every person");
        for (int i = 0; i < pages.Length; i++)
        {
            Assert.Contains(text.Title, pages[i], $"title on page {i + 1}");
            Assert.Contains($"{i + 1} / {pages.Length}", pages[i], $"number of page {i + 1}");
        }

        Assert.Contains(report.Headline.Split(' ')[0], pages[0]);
        Assert.DoesNotContain("All audited people", pages[0], "the summary has a page of its own");
        string[] ofPeople = [.. pages.Where(part => report.Rows.Count(row => row.Counterfactuals.Count == 0 && part.Contains($"{row.Id} {row.Group} not found", StringComparison.Ordinal)) > 3)];
        Assert.IsGreaterThan(1, ofPeople.Length);
        foreach (string part in ofPeople) Assert.Contains("fresh trainings", part, "the heading is repeated on every page of the table");
    }

    [TestMethod]
    public async Task Printed_OneCase_FitsOnOneSheet()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        string id = new ReportView(Samples.MadeUp, new ReportText()).Anchor(Samples.MadeUp.Rows.MaxBy(row => row.FlippedRows.Count)!);
        await page.Page.EvaluateAsync($"document.body.classList.add('case'); document.getElementById('{id}').classList.add('printed')");
        Assert.HasCount(1, Read(await page.Page.PdfAsync(new() { PreferCSSPageSize = true })));
    }

    private static string[] Read(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(page => string.Join(' ', ContentOrderTextExtractor.GetText(page).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
    }
}
