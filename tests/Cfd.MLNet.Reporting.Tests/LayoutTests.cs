using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The layout of the seven reports, checked by script in Chromium.</summary>
[TestClass]
public sealed class LayoutTests : BrowserTest
{
    /// <summary>What is wrong with the charts: marks outside of their picture, texts that overlap or leave the window.</summary>
    private const string Faults = """
        () => {
          const wrong = [], shown = box => box.width > 0 && box.height > 0;
          const name = element => `${element.tagName} ${element.getAttribute('class') ?? ''} ${element.textContent.trim().slice(0, 40)}`;
          for (const svg of document.querySelectorAll('svg')) {
            const box = svg.getBoundingClientRect();
            if (!shown(box)) continue;
            for (const mark of svg.querySelectorAll('circle, line, text')) {
              const own = mark.getBoundingClientRect();
              if (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1) wrong.push(`outside of its picture: ${mark.outerHTML} in ${name(svg.parentNode)}`);
            }
          }
          for (const chart of document.querySelectorAll('figure, .intervals, .strip, .tallies, .caveats')) {
            const texts = [], walker = document.createTreeWalker(chart, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const node = walker.currentNode;
              if (!node.textContent.trim() || node.parentNode.closest('title, .unseen')) continue;
              const range = document.createRange();
              range.selectNodeContents(node);
              let clip = null;
              for (let up = node.parentNode; up !== chart; up = up.parentNode) if (getComputedStyle(up).overflow === 'hidden') clip = up.getBoundingClientRect();
              for (const box of range.getClientRects()) {
                if (!shown(box) || clip && box.top >= clip.bottom - 1) continue;
                texts.push({ box, node, text: node.textContent.trim() });
              }
            }
            for (const [i, one] of texts.entries()) {
              if (one.box.left < -1 || one.box.right > innerWidth + 1) wrong.push(`outside of the window: ${one.text}`);
              for (const other of texts.slice(i + 1).filter(other => other.node !== one.node)) {
                const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
                const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
                if (across > 1.5 && down > 5) wrong.push(`overlap: ${one.text} | ${other.text}`);
              }
            }
          }
          if (document.documentElement.scrollWidth > innerWidth) wrong.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${innerWidth}`);
          return wrong;
        }
        """;

    [TestMethod]
    [DynamicData(nameof(SevenReports.Names), typeof(SevenReports))]
    public async Task Charts_OfSevenReports_AreWholeAndLegible(string name)
    {
        var (report, text) = SevenReports.Of(name);
        foreach (var (width, scheme) in new[] { (1440, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await using var page = await Browser.ShowAsync(report, text, scheme, width);
            if (await page.Page.Locator("#all-cases").IsVisibleAsync()) await page.Page.Locator("#all-cases").CheckAsync();
            string[] faults = await page.Page.EvaluateAsync<string[]>(Faults);
            Assert.IsEmpty(faults, $"{width} px: {string.Join("\n", faults.Take(8))}");
            await page.PictureAsync(TestContext, $"{name.Replace(' ', '-')}-{width}");
            page.RequireQuiet();
        }
    }

    [TestMethod]
    [DynamicData(nameof(SevenReports.Names), typeof(SevenReports))]
    public async Task FirstScreen_OfSevenReports_SaysWhatTheJsonSays(string name)
    {
        var (report, text) = SevenReports.Of(name);
        await using var page = await Browser.ShowAsync(report, text);
        async Task<string[]> Texts(string selector) => [.. (await page.Page.Locator(selector).AllInnerTextsAsync()).Select(found => string.Join(' ', found.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        CollectionAssert.AreEqual(new[] { report.Headline }, await Texts("#answer .headline"));
        CollectionAssert.AreEqual(report.Caveats.Select(caveat => $"{caveat.Severity} {caveat.Sentence}.").ToArray(), await Texts("#answer .caveats li"));
        CollectionAssert.AreEqual(new[] { report.GroupComparisons[0].Finding }, await Texts("#answer .finding"));
        CollectionAssert.AreEqual(new[] { $"{report.Summary.Found:N0} / {report.Summary.Share.Total:N0}", $"{report.Summary.UniqueRetrains:N0}" }, await Texts("#answer .figure"));
        CollectionAssert.AreEqual(report.Groups.Select(group => $"{group.Share.Found} of {group.Share.Total}{(group.Unsettled > 0 ? $" and {group.Unsettled} unsettled" : "")}").ToArray(), await Texts("#answer .intervals tbody td:nth-child(2)"));
        int rest = (await Texts("#answer .rest b")).Sum(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        int strong = (await Texts("#answer .strengths b")).Sum(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(report.Rows.Count, rest + strong, "everyone stands under one word");
        Assert.AreEqual(report.Rows.Count(row => float.IsFinite(row.Score)), await page.Page.Locator("#answer .map .marks a").CountAsync(), "everyone with a score is on the map");
        double head = await page.Page.Locator("#answer .headline").EvaluateAsync<double>("element => element.getBoundingClientRect().bottom");
        if (report.Caveats.Count > 0)
            Assert.IsLessThan(40, await page.Page.Locator("#answer .caveats").EvaluateAsync<double>("element => element.getBoundingClientRect().top") - head, "caveats stand right below the claim");
    }

    [TestMethod]
    [DataRow("generated", ColorScheme.Light, 1440)]
    [DataRow("generated", ColorScheme.Dark, 390)]
    [DataRow("long names", ColorScheme.Light, 390)]
    [DataRow("nothing", ColorScheme.Dark, 1440)]
    public async Task Page_CheckedByAxe_IsAccessible(string name, ColorScheme scheme, int width)
    {
        var (report, text) = SevenReports.Of(name);
        await using var page = await Browser.ShowAsync(report, text, scheme, width);
        foreach (var details in await page.Page.Locator("details").AllAsync()) await details.EvaluateAsync("one => { one.open = true; }");
        if (report.Summary.Found > 0) await page.Page.EvaluateAsync("location.hash = document.querySelector('.person.found').id");
        var result = await page.Page.RunAxe();
        Assert.IsEmpty(result.Violations, string.Join("\n", result.Violations.Select(violation
            => $"{violation.Id}: {violation.Help}; {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }
}
