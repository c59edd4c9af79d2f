using System.Text.RegularExpressions;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Repository.Tests;

/// <summary>The README's code is code that compiles: each block stands, line by line, in a file that the tests build.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private static string Readme => File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md"));

    [TestMethod]
    public void CodeBlocks_CSharp_AreCompiledByTheTests()
    {
        string[][] files = [["tests", "Cfd.MLNet.Repository.Tests", "ReadmeSamples.cs"], ["examples", "AutoMlFairnessCheck", "AutoMlWinners.cs"]];
        string compiled = string.Join('\n', files.Select(file => Normalise(File.ReadAllText(Path.Combine([RepositoryFiles.Root, .. file])))));
        var blocks = CodeBlock().Matches(Readme);
        Assert.IsGreaterThanOrEqualTo(3, blocks.Count);
        foreach (Match block in blocks)
        {
            string code = block.Groups[1].Value;
            // The samples' own namespace lies in Cfd.MLNet.
            string[] parts = code.StartsWith("using ", StringComparison.Ordinal) ? [.. code.Split('\n').Where(line => line.Trim() is not ("" or "using Cfd.MLNet;"))] : [code];
            foreach (string part in parts) Assert.Contains(Normalise(part), compiled, block.Value);
        }
    }

    [TestMethod]
    public void Commands_TheTwoOfTheReadme_AreThoseThatCIRuns()
    {
        string script = File.ReadAllText(Path.Combine(RepositoryFiles.Root, ".ci", "run"));
        foreach (string command in new[] { "dotnet run -c Release --project src/Cfd.MLNet.Tool -- demo", "dotnet test -c Release" })
        {
            Assert.Contains(command, Readme);
            Assert.Contains(command, script);
        }
    }

    [TestMethod]
    public void Links_RelativePaths_Exist()
    {
        foreach (Match link in Link().Matches(Readme))
        {
            string target = link.Groups[1].Value;
            if (!target.StartsWith("http", StringComparison.Ordinal) && !target.StartsWith('#'))
                Assert.IsTrue(Path.Exists(Path.Combine(RepositoryFiles.Root, target)), target);
        }
    }

    private static string Normalise(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
