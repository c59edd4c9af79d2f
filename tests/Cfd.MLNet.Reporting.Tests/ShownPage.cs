using Cfd.MLNet.Tests;
using Microsoft.Playwright;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>An open page, and what it did that it should not.</summary>
internal sealed class ShownPage : IAsyncDisposable
{
    private readonly TemporaryFile _file;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private ShownPage(TemporaryFile file, IBrowserContext context, IPage page)
    {
        (_file, _context, Page) = (file, context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
            && !request.Url.StartsWith("data:", StringComparison.Ordinal), $"request: {request.Url}");
    }

    public IPage Page { get; }

    public static async Task<ShownPage> OpenAsync(IBrowserContext context, Action<string> write, string address)
    {
        var file = new TemporaryFile();
        string path = file.Path + ".html";
        write(path);
        var shown = new ShownPage(file, context, await context.NewPageAsync());
        await shown.Page.GotoAsync(new Uri(path).AbsoluteUri + address);
        return shown;
    }

    /// <summary>No message on the console, no error, no request beyond the file itself.</summary>
    public void RequireQuiet()
    {
        lock (_complaints) Assert.IsEmpty(_complaints, string.Join("\n", _complaints));
    }

    /// <summary>Takes a picture of the whole page, for a person to look at: it goes with the results of the test.</summary>
    public async Task PictureAsync(TestContext test, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures")).FullName;
        string path = Path.Combine(folder, $"{name}.png");
        await Page.EvaluateAsync("scrollTo(0, 0)");
        byte[] picture = await Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        Assert.IsGreaterThan(10_000, picture.Length);
        test.AddResultFile(path);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _file.Dispose();
    }

    private void Note(bool isWrong, string complaint)
    {
        if (!isWrong) return;
        lock (_complaints) _complaints.Add(complaint);
    }
}
