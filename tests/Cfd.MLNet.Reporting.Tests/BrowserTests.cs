using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The page in a headless Chromium, as a reader meets it.</summary>
[TestClass]
public sealed class BrowserTests
{
    private static Browser? _browser;

    public TestContext TestContext { get; set; } = null!;

    [ClassCleanup]
    public static async Task Close()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [TestInitialize]
    public async Task Open() => _browser ??= await Browser.LaunchAsync();

    [TestMethod]
    public async Task Page_Opened_HasNoErrorsAndRequestsNothing()
    {
        await using var page = await _browser!.ShowAsync(Samples.WithHostileText());
        await page.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        page.RequireQuiet();
        Assert.AreEqual("Audit report", await page.Page.TitleAsync());
    }

    [TestMethod]
    public async Task Rows_HeadingClicked_AreSorted()
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp);
        var heading = page.Page.Locator("#row-table th button", new() { HasText = "logit" }).First;
        await heading.ClickAsync();
        double[] up = await LogitsAsync(page.Page);
        CollectionAssert.AreEqual(up.Order().ToArray(), up);
        Assert.AreEqual("ascending", await page.Page.Locator("#row-table th[aria-sort]:not([aria-sort=none])").GetAttributeAsync("aria-sort"));
        await heading.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        CollectionAssert.AreEqual(up.Reverse().ToArray(), await LogitsAsync(page.Page));
        await page.Page.Locator("#row-table th button", new() { HasText = "logit of f′" }).ClickAsync();
        string[] scores = [.. await page.Page.Locator("#row-table tbody td:nth-child(7)").AllInnerTextsAsync()];
        Assert.IsFalse(scores.SkipWhile(score => score != "–").Any(score => score != "–"), "rows without a value come last");
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Rows_Filtered_ShowThoseThatFit()
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp);
        var visible = page.Page.Locator("#row-table tbody tr:visible");
        await page.Page.Locator("select[data-filter=outcome]").SelectOptionAsync("CFD found");
        Assert.AreEqual(Samples.MadeUp.Summary.Found, await visible.CountAsync());
        await page.Page.Locator("select[data-filter=group]").SelectOptionAsync("female");
        int females = Samples.MadeUp.Rows.Count(row => row is { Group: "female", Counterfactuals.Count: > 0 });
        Assert.AreEqual(females, await visible.CountAsync());
        Assert.AreEqual($"{females} of 50 rows", await page.Page.Locator("form output").InnerTextAsync());
        await page.Page.Locator("input[type=search]").FillAsync("no such text");
        Assert.AreEqual(0, await visible.CountAsync());
        await page.Page.Locator("input[type=search]").FillAsync("");
        await page.Page.Locator("select[data-filter=group]").SelectOptionAsync("");
        await page.Page.Locator("select[data-filter=outcome]").SelectOptionAsync("");
        Assert.AreEqual(50, await visible.CountAsync());
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Row_LinkFollowed_OpensItsCounterfactualDataset()
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp);
        var last = Samples.MadeUp.Rows.Last(row => row.Counterfactuals.Count > 0);
        var details = page.Page.Locator($"details#cfd-{last.Position}");
        Assert.IsNull(await details.GetAttributeAsync("open"));
        await page.Page.Locator($"#row-table a[href='#cfd-{last.Position}']").ClickAsync();
        await Assertions.Expect(details).ToHaveAttributeAsync("open", "");
        await Assertions.Expect(details.Locator("table").First).ToBeVisibleAsync();
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Chart_Saved_IsAFile()
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp);
        foreach (string figure in new[] { "figure[data-chart=groups-Sex]", "details[open] figure" })
        {
            foreach (string kind in new[] { "SVG", "PNG" })
            {
                var download = await page.Page.RunAndWaitForDownloadAsync(
                    () => page.Page.Locator(figure).GetByRole(AriaRole.Button, new() { Name = kind }).ClickAsync());
                byte[] bytes = await File.ReadAllBytesAsync(await download.PathAsync());
                Assert.EndsWith($".{kind.ToLowerInvariant()}", download.SuggestedFilename);
                if (kind == "PNG") Assert.AreEqual((byte)'P', bytes[1]);
                else Assert.DoesNotContain("var(--", System.Text.Encoding.UTF8.GetString(bytes));
            }
        }

        page.RequireQuiet();
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Page_CheckedByAxe_IsAccessible(ColorScheme scheme)
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp, scheme: scheme);
        var result = await page.Page.RunAxe();
        Assert.IsEmpty(result.Violations, string.Join("\n", result.Violations.Select(violation
            => $"{violation.Id}: {violation.Help}; {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }

    [TestMethod]
    [DataRow(ColorScheme.Light, 1280)]
    [DataRow(ColorScheme.Dark, 1280)]
    [DataRow(ColorScheme.Light, 390)]
    public async Task Page_AtAnyWidth_FitsAndIsPictured(ColorScheme scheme, int width)
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp, scheme: scheme, width: width);
        Assert.IsLessThanOrEqualTo(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.PictureAsync(TestContext, $"made-up-{scheme}-{width}");
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Page_Printed_IsAPdf()
    {
        await using var page = await _browser!.ShowAsync(Samples.MadeUp);
        byte[] pdf = await page.Page.PdfAsync();
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(pdf, 0, 4));
    }

    [TestMethod]
    public async Task German_Pictured_HasNoErrors()
    {
        var (report, text) = Samples.German();
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390) })
        {
            await using var page = await _browser!.ShowAsync(report, text, scheme, width);
            await page.PictureAsync(TestContext, $"german-{scheme}-{width}");
            page.RequireQuiet();
        }
    }

    private static async Task<double[]> LogitsAsync(IPage page)
        => [.. (await page.Locator("#row-table tbody td:nth-child(6)").EvaluateAllAsync<string[]>("cells => cells.map(cell => cell.dataset.sort)"))
            .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
}
