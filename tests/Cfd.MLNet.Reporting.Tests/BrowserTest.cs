namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Tests that look at pages: all in one browser, started for the first and closed behind the last.</summary>
[TestClass]
public abstract class BrowserTest
{
    private static Browser? _browser;

    public TestContext TestContext { get; set; } = null!;

    private protected static Browser Browser => _browser!;

    [AssemblyCleanup]
    public static async Task Close()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [TestInitialize]
    public async Task Open() => _browser ??= await Tests.Browser.LaunchAsync();
}
