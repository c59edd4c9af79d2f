using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>The tool as a stranger installs it.</summary>
[TestClass]
[DoNotParallelize]
public sealed class PackTests
{
    [TestMethod]
    public void Pack_InstalledFromALocalFeed_RunsItsCommand()
    {
        using var folder = new TemporaryFolder();
        string version = $"0.0.1-test{Guid.NewGuid():N}", feed = folder.File("feed"), tools = folder.File("tools");
        RepositoryFiles.Dotnet(RepositoryFiles.Root, "pack", "src/Cfd.MLNet.Tool", "-c", "Release", "-o", feed, $"-p:Version={version}", "--artifacts-path", folder.File("artifacts"));
        string config = folder.Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"local\" value=\"{feed}\" /></packageSources></configuration>");
        RepositoryFiles.Dotnet(folder.Path, "tool", "install", "Cfd.MLNet.Tool", "--tool-path", tools, "--version", version, "--configfile", config);
        Assert.IsTrue(File.Exists(Path.Combine(tools, OperatingSystem.IsWindows() ? "cfd.exe" : "cfd")));
        string program = Directory.GetFiles(tools, "cfd.dll", SearchOption.AllDirectories).Single();
        Assert.Contains("cfd audit people.csv", RepositoryFiles.Dotnet(folder.Path, program, "--help"));
        string file = Path.Combine(AppContext.BaseDirectory, "Cases", "constant.csv");
        Assert.Contains("Rows audited", RepositoryFiles.Dotnet(folder.Path, program, "audit", file, "-l", "hired", "-p", "1", "-a", "sex", "--epochs", "10", "--rows", "5", "--budget", "1"));
    }
}
