using System.IO.Compression;

namespace Cfd.MLNet.Tests.Repository;

/// <summary>The NuGet package as a stranger would use it.</summary>
[TestClass]
public sealed class PackageTests
{
    private const string Program = """
        using Cfd.MLNet;
        using Microsoft.ML;
        using Microsoft.ML.Data;

        var context = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 60).Select(i => new Row { Features = [i % 7 - 3, i % 5 - 2], Label = i % 7 > 3, Group = i % 2 == 0 ? "a" : "b" });
        var data = context.Data.LoadFromEnumerable(rows);
        ITransformer model;
        if (args[0] == "load")
        {
            model = context.Model.Load("model.zip", out _);
        }
        else
        {
            model = context.CounterfactualDatasets().Generate(new() { ProtectedColumnName = "Group", Budget = FlipBudget.OfRows(3) }).Fit(data);
            context.Model.Save(model, data.Schema, "model.zip");
        }

        var answers = model.Transform(data);
        var outcomes = answers.GetColumn<string>("CfdOutcome").Zip(answers.GetColumn<float>("CfdScore"), answers.GetColumn<float>("Score"));
        Console.WriteLine("answers: " + string.Join(" ", outcomes.Select(row => $"{row.First} {row.Second:R} {row.Third:R}")));

        internal sealed class Row
        {
            [VectorType(2)]
            public float[] Features { get; set; } = [];
            public bool Label { get; set; }
            public string Group { get; set; } = "";
        }
        """;

    [TestMethod]
    public void Pack_Consumer_BuildsSavesAndLoadsFromACleanFolder()
    {
        string folder = Directory.CreateTempSubdirectory("cfd-package-").FullName;
        string version = $"0.0.1-test{Guid.NewGuid():N}";
        try
        {
            string packages = Path.Combine(folder, "packages");
            RepositoryFiles.Dotnet(
                RepositoryFiles.Root, "pack", "src/Cfd.MLNet", "-c", "Release", "-o", packages, $"-p:Version={version}",
                "--artifacts-path", Path.Combine(folder, "artifacts"));
            using (var package = ZipFile.OpenRead(Path.Combine(packages, $"Cfd.MLNet.{version}.nupkg")))
            {
                string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
                CollectionAssert.IsSubsetOf(new[] { "README.md", "lib/net10.0/Cfd.MLNet.dll", "lib/net10.0/Cfd.MLNet.xml" }, entries);
                using var nuspec = new StreamReader(package.GetEntry("Cfd.MLNet.nuspec")!.Open());
                Assert.Contains("<license type=\"expression\">MIT</license>", nuspec.ReadToEnd());
            }

            Assert.IsTrue(File.Exists(Path.Combine(packages, $"Cfd.MLNet.{version}.snupkg")), "symbols");

            string consumer = Directory.CreateDirectory(Path.Combine(folder, "consumer")).FullName;
            File.WriteAllText(Path.Combine(consumer, "nuget.config"), $"<configuration><packageSources><add key=\"local\" value=\"{packages}\" /></packageSources></configuration>");
            File.WriteAllText(Path.Combine(consumer, "Program.cs"), Program);
            File.WriteAllText(Path.Combine(consumer, "consumer.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Cfd.MLNet" Version="{version}" />
                  </ItemGroup>
                </Project>
                """);
            string saved = RepositoryFiles.Dotnet(consumer, "run", "-c", "Release", "--", "save");
            Assert.HasCount(61, saved.Split("answers: ")[1].Split(' ').Where(word => char.IsLetter(word[0]) && word != "NaN").Append("end"));
            Assert.AreEqual(saved, RepositoryFiles.Dotnet(consumer, "run", "-c", "Release", "--no-build", "--", "load"), "a fresh process, plain Load");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            string cached = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages", "cfd.mlnet", version);
            if (Directory.Exists(cached)) Directory.Delete(cached, recursive: true);
        }
    }
}
