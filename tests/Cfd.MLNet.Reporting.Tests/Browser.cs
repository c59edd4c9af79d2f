using Microsoft.Playwright;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>A headless Chromium from the system, without a network of its own.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it; the test is inconclusive where there is none.</summary>
    public static async Task<Browser> LaunchAsync()
    {
        string? path = Environment.GetEnvironmentVariable("CFD_CHROMIUM") is { Length: > 0 } chosen ? chosen : Paths.FirstOrDefault(File.Exists);
        if (path is null)
            Assert.Inconclusive($"No Chromium found at {string.Join(", ", Paths)}; install Debian's package chromium, or say where it is in CFD_CHROMIUM.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-dev-shm-usage"],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>Writes the report's page into a file and opens it.</summary>
    public Task<ShownPage> ShowAsync(AuditReport report, ReportText? text = null, ColorScheme scheme = ColorScheme.Light, int width = 1280, string address = "", bool hasScript = true)
        => ShowAsync(path => report.SaveHtml(path, text), scheme, width, address, hasScript);

    /// <summary>Opens what is written.</summary>
    /// <param name="write">Writes a page to a path.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="address">What follows the path, e.g. "#people".</param>
    /// <param name="hasScript">Whether scripts run.</param>
    public async Task<ShownPage> ShowAsync(Action<string> write, ColorScheme scheme = ColorScheme.Light, int width = 1280, string address = "", bool hasScript = true)
    {
        var context = await _browser.NewContextAsync(new() { ColorScheme = scheme, JavaScriptEnabled = hasScript, ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        return await ShownPage.OpenAsync(context, write, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
