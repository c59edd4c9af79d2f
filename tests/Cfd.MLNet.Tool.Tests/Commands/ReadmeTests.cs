using Cfd.MLNet.Tests;
using Cfd.MLNet.Tool.Commands;

namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>What the README prints is what the program prints.</summary>
[TestClass]
public sealed class ReadmeTests
{
    private static string Readme => File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md"));

    [TestMethod]
    public void Demo_PrintsWhatTheReadmeShows_AndFindsThePlantedLabels()
    {
        var run = CommandRun.Of("demo").Ends(0);
        string block = Readme.Split("It prints, among more:\n\n```\n")[1].Split("\n```")[0];
        string[] shown = [.. block.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.Contains("Seconds", StringComparison.Ordinal))];
        Assert.IsGreaterThan(10, shown.Length);
        string[] printed = [.. run.Output.Split('\n').Select(line => line.Trim())];
        foreach (string line in shown) CollectionAssert.Contains(printed, line, line);
        run.Says("more often than a random choice of admitted rows would");
    }

    [TestMethod]
    public void Commands_OfTheReadme_AreUnderstood()
    {
        string[] lines = [.. Readme.Split('\n').Where(line => line.StartsWith("cfd ", StringComparison.Ordinal)).Select(line => line.Split('#')[0].Trim())];
        Assert.IsGreaterThan(3, lines.Length);
        foreach (string line in lines) Assert.IsEmpty(new CfdCommandLine().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]).Errors, line);
    }
}
