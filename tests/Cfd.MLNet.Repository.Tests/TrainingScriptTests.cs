using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Repository.Tests;

/// <summary>The single-file program of the examples: built and, where the data is there, run.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TrainingScriptTests
{
    private const string Script = "examples/train-and-audit.cs";

    [TestMethod]
    public void Script_IsShortAndBuilds()
    {
        Assert.IsLessThan(60, File.ReadAllLines(Path.Combine(RepositoryFiles.Root, Script)).Length);
        RepositoryFiles.Dotnet(RepositoryFiles.Root, "build", Script, "-c", "Release");
    }

    [TestMethod]
    public void Script_OnPupils_WritesItsReport()
    {
        string data = Path.Combine(TestData.DataDirectory(), "student", "student-por.csv");
        using var file = new TemporaryFile();
        Assert.Contains("predictions hinge on one label", RepositoryFiles.Dotnet(RepositoryFiles.Root, "run", "-c", "Release", Script, "--", data, file.Path));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(file.Path));
    }
}
