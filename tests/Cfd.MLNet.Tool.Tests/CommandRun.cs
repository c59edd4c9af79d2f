using System.CommandLine;
using Cfd.MLNet.Tool.Commands;

namespace Cfd.MLNet.Tool.Tests;

/// <summary>A command line run in this process.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>Everything written, with line breaks and table borders as blanks, so that wrapped sentences can be looked for.</summary>
    public string Words { get; } = string.Join(' ', $"{Output}\n{Error}".Split([' ', '\n', '\r', '│'], StringSplitOptions.RemoveEmptyEntries));

    public static CommandRun Of(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = new CfdCommandLine().InvokeAsync(args, new InvocationConfiguration { Output = output, Error = error }).GetAwaiter().GetResult();
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>A small audit: enough to see how the data are understood and that the search runs.</summary>
    public static CommandRun Audit(params string[] args) => Of(["audit", .. args, "--epochs", "15", "--rows", "12", "--budget", "1"]);

    public CommandRun Says(params string[] parts)
    {
        foreach (string part in parts) Assert.Contains(part, Words);
        return this;
    }

    public CommandRun Ends(int code)
    {
        Assert.AreEqual(code, Code, Words);
        return this;
    }
}
