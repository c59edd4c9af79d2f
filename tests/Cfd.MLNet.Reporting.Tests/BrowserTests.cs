using Cfd.MLNet.Reporting.Page;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The page in a headless Chromium, as a reader meets it.</summary>
[TestClass]
public sealed class BrowserTests : BrowserTest
{
    [TestMethod]
    public async Task Page_Opened_HasNoErrorsAndRequestsNothing()
    {
        await using var page = await Browser.ShowAsync(Samples.WithHostileText());
        await page.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        page.RequireQuiet();
        Assert.AreEqual("Audit report", await page.Page.TitleAsync());
    }

    [TestMethod]
    public async Task Rows_HeadingClicked_AreSorted()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        var heading = page.Page.Locator("#people-table th[data-key=logit] button");
        await heading.ClickAsync();
        double[] up = await LogitsAsync(page.Page);
        CollectionAssert.AreEqual(up.Order().ToArray(), up);
        Assert.AreEqual("logit", await page.Page.Locator("#people-table th[aria-sort=ascending]").GetAttributeAsync("data-key"));
        await heading.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        CollectionAssert.AreEqual(up.Reverse().ToArray(), await LogitsAsync(page.Page));
        await page.Page.Locator("#people-table th[data-key=counterfactual_logit] button").ClickAsync();
        string[] scores = [.. await page.Page.Locator("#people-table tbody td:nth-child(8)").AllInnerTextsAsync()];
        Assert.Contains("", scores);
        Assert.IsFalse(scores.SkipWhile(score => score.Length > 0).Any(score => score.Length > 0), "rows without a value come last");
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Rows_Unsorted_BeginWithTheStrongest()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        string[] words = ["● stands", "◐ weak", "◌ of this run", "? untested"];
        int[] order = [.. (await page.Page.Locator("#people-table tbody td:nth-child(4)").AllTextContentsAsync()).Select(text => text.Length == 0 ? words.Length : Array.FindIndex(words, word => word.EndsWith(text, StringComparison.Ordinal)))];
        CollectionAssert.AreEqual(order.Order().ToArray(), order);
        Assert.AreEqual(4, order[^1]);
    }

    [TestMethod]
    public async Task Rows_Filtered_ShowThoseThatFitAndSayItInTheAddress()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        var visible = page.Page.Locator("#people-table tbody tr:visible");
        await page.Page.Locator("select[data-filter=outcome]").SelectOptionAsync("CFD found");
        Assert.AreEqual(Samples.MadeUp.Summary.Found, await visible.CountAsync());
        await page.Page.Locator("select[data-filter=group]").SelectOptionAsync("female");
        await page.Page.Locator("#people-table th[data-key=logit] button").ClickAsync();
        int females = Samples.MadeUp.Rows.Count(row => row is { Group: "female", Counterfactuals.Count: > 0 });
        Assert.AreEqual(females, await visible.CountAsync());
        Assert.AreEqual($"{females} of 50", await page.Page.Locator("form output").InnerTextAsync());
        string[] shown = [.. await visible.Locator("th").AllInnerTextsAsync()];
        Assert.EndsWith("#people?outcome=CFD+found&group=female&sort=logit&up=1", page.Page.Url);
        await page.Page.ReloadAsync();
        CollectionAssert.AreEqual(shown, (await visible.Locator("th").AllInnerTextsAsync()).ToArray(), "the address says it all");
        await page.Page.Locator("input[type=search]").FillAsync("no such text");
        Assert.AreEqual(0, await visible.CountAsync());
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Rows_HundredsSortedAndOpened_SayHowLongItTook()
    {
        foreach (int count in new[] { 200, 1000 })
        {
            await using var page = await Browser.ShowAsync(Samples.WithRows(count, nth: 12));
            double opened = await page.Page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd");
            double sorted = await page.Page.EvaluateAsync<double>("(() => { const start = performance.now(); document.querySelector('#people-table th[data-key=logit] button').click(); document.body.offsetHeight; return performance.now() - start; })()");
            TestContext.WriteLine($"{count} rows: opened in {opened:0} ms, sorted in {sorted:0} ms");
            double[] up = await LogitsAsync(page.Page);
            CollectionAssert.AreEqual(up.Order().ToArray(), up);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Person_LinkFollowed_IsShown(bool hasScript)
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp, hasScript: hasScript);
        var view = new ReportView(Samples.MadeUp, new ReportText());
        foreach (var row in Samples.MadeUp.Rows.GroupBy(row => row.Outcome).Select(rows => rows.Last()))
        {
            var person = page.Page.Locator($"article#{view.Anchor(row)}");
            await Assertions.Expect(person).ToBeHiddenAsync();
            await page.Page.Locator($"#people-table a[href='#{view.Anchor(row)}']").ClickAsync();
            await Assertions.Expect(person).ToBeVisibleAsync();
            await Assertions.Expect(person).ToContainTextAsync(row.Outcome switch
            {
                CounterfactualOutcome.Found => "Trained again",
                CounterfactualOutcome.NotFound => "No set of labels",
                CounterfactualOutcome.FilteredOut => "nothing was asked",
                _ => "No training row",
            });
        }

        Assert.AreEqual(Samples.MadeUp.Rows.Count, await page.Page.Locator("article.person").CountAsync(), "everyone has a part, found or not");
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Labels_TickedOff_StayTickedAfterAReload()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        var boxes = page.Page.Locator("#labels-table input[type=checkbox]");
        int count = await boxes.CountAsync();
        Assert.AreEqual(Samples.MadeUp.ImplicatedTrainingRows.Count, count);
        await boxes.Nth(1).CheckAsync();
        await page.Page.ReloadAsync();
        await Assertions.Expect(boxes.Nth(1)).ToBeCheckedAsync();
        await Assertions.Expect(boxes.Nth(0)).Not.ToBeCheckedAsync();
        await Assertions.Expect(page.Page.Locator("[data-review] output")).ToHaveTextAsync($"1 of {count} reviewed");
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Table_Saved_IsACsvOfWhatIsShown()
    {
        await using var page = await Browser.ShowAsync(Samples.WithHostileText());
        await page.Page.Locator("select[data-filter=outcome]").SelectOptionAsync("CFD found");
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#people .tools button").Last.ClickAsync());
        string[] lines = (await File.ReadAllTextAsync(await download.PathAsync())).TrimEnd().Split("\r\n");
        Assert.AreEqual("people.csv", download.SuggestedFilename);
        Assert.HasCount(1 + Samples.MadeUp.Summary.Found, lines);
        var first = new ReportView(Samples.WithHostileText(), new ReportText()).Sorted[0];
        Assert.StartsWith($"\"{ReportView.Id(first).Replace("\"", "\"\"", StringComparison.Ordinal)}\"", lines[1]);
        Assert.Contains(first.Score.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture).TrimStart('-'), lines[1]);
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Heading_PointedAtOrFocused_IsExplained()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        var heading = page.Page.Locator("#people-table th[data-key=placebo_rate] button");
        await heading.FocusAsync();
        await Assertions.Expect(page.Page.Locator("#help")).ToContainTextAsync("random labels");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("#help")).ToBeHiddenAsync();
        await page.Page.Locator("#people-table th[data-key=logit] button").HoverAsync();
        await Assertions.Expect(page.Page.Locator("#help")).ToContainTextAsync("score");
    }

    [TestMethod]
    public async Task Keyboard_Alone_ReachesEverything()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp);
        string[] beyond = await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('a[href], button, input, select, summary')]
              .filter(element => element.checkVisibility() && element.tabIndex < 0 && !element.closest('.map')).map(element => element.outerHTML.slice(0, 80))
            """);
        Assert.IsEmpty(beyond);
        int lanes = await page.Page.Locator(".map .marks").CountAsync();
        Assert.AreEqual(lanes, await page.Page.Locator(".map a[tabindex='0']").CountAsync(), "one stop a lane");
        await page.Page.Locator(".map a[tabindex='0']").First.FocusAsync();
        string first = await page.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href')");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        string second = await page.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href')");
        Assert.AreNotEqual(first, second);
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(second)).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task Page_WithoutScript_CanBeRead()
    {
        await using var page = await Browser.ShowAsync(Samples.MadeUp, hasScript: false);
        Assert.IsFalse(await page.Page.Locator("form.filters").IsVisibleAsync(), "nothing that would not work");
        Assert.AreEqual(50, await page.Page.Locator("#people-table tbody tr:visible").CountAsync());
        await page.Page.Locator("#all-cases").CheckAsync();
        Assert.AreEqual(Samples.MadeUp.Summary.Found, await page.Page.Locator("article.person:visible").CountAsync());
    }

    [TestMethod]
    public async Task Comparison_Opened_ShowsWhoseAnswerChanged()
    {
        var before = Samples.MadeUp;
        var after = Samples.WithFound(before, before.Summary.Found - 2);
        await using var page = await Browser.ShowAsync(path => after.SaveComparison(before, path), width: 390);
        Assert.AreEqual(2, await page.Page.Locator("#people tbody tr").CountAsync());
        Assert.IsLessThanOrEqualTo(390, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var result = await page.Page.RunAxe();
        Assert.IsEmpty(result.Violations, string.Join("\n", result.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        page.RequireQuiet();
    }

    [TestMethod]
    public async Task Fragment_InAnotherPage_ChangesNothingAroundIt()
    {
        string fragment = Samples.MadeUp.ToHtmlFragment();
        Assert.DoesNotContain("<script", fragment);
        await using var page = await Browser.ShowAsync(path => File.WriteAllText(path, $"<!DOCTYPE html><p id=\"around\">x</p><table><tr><td id=\"cell\">y</table>{fragment}"));
        Assert.AreEqual("16px", await page.Page.Locator("#around").EvaluateAsync<string>("one => getComputedStyle(one).marginTop"));
        Assert.AreEqual("1px", await page.Page.Locator("#cell").EvaluateAsync<string>("one => getComputedStyle(one).paddingTop"));
        await Assertions.Expect(page.Page.Locator(".cfd-report .headline")).ToHaveTextAsync(Samples.MadeUp.Headline);
        Assert.IsGreaterThan(20, await page.Page.Locator(".cfd-report .headline").EvaluateAsync<double>("one => parseFloat(getComputedStyle(one).fontSize)"), "its own style holds");
        await page.PictureAsync(TestContext, "fragment");
        page.RequireQuiet();
    }

    private static async Task<double[]> LogitsAsync(IPage page)
        => [.. (await page.Locator("#people-table tbody td:nth-child(7)").AllTextContentsAsync())
            .Select(text => double.Parse(text.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture))];
}
