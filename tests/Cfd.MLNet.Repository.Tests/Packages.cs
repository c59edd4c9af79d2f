using System.IO.Compression;
using System.Xml.Linq;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Repository.Tests;

/// <summary>The repository's packages, packed once into a folder of their own from what was built, under a version that nobody has cached.</summary>
internal static class Packages
{
    private static readonly Lazy<string> Folder = new(Pack);

    public static string[] Names { get; } = ["Cfd.MLNet", "Cfd.MLNet.Interactive", "Cfd.MLNet.Reporting", "Cfd.MLNet.TorchSharp"];

    public static string Version { get; } = $"0.0.1-test{Guid.NewGuid():N}";

    /// <summary>The packages that a consumer gets with one of ours, with their versions.</summary>
    public static string[] DependenciesOf(string name) => Read(name, package =>
    {
        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}").Order(StringComparer.Ordinal).ToArray();
    });

    public static T Read<T>(string name, Func<ZipArchive, T> read)
    {
        using var package = ZipFile.OpenRead(Path.Combine(Folder.Value, $"{name}.{Version}.nupkg"));
        return read(package);
    }

    public static bool HasSymbols(string name) => File.Exists(Path.Combine(Folder.Value, $"{name}.{Version}.snupkg"));

    /// <summary>
    /// Builds and runs a program in an empty folder, with a package cache of its own; what the user's cache holds of other packages is read
    /// from there, so that nothing is fetched twice.
    /// </summary>
    public static string Run(string program, string[] packages, string[][] runs)
    {
        string folder = Directory.CreateTempSubdirectory("cfd-consumer-").FullName;
        try
        {
            string userCache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
                <configuration>
                  <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "cache")}" /></config>
                  <packageSources><add key="local" value="{Folder.Value}" /></packageSources>
                  <fallbackPackageFolders><add key="user" value="{userCache}" /></fallbackPackageFolders>
                </configuration>
                """);
            File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
            File.WriteAllText(Path.Combine(folder, "consumer.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                    <!-- Microsoft.ML.TorchSharp asks for a SkiaSharp that not every source has. -->
                    <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
                    <RuntimeIdentifier Condition="$([MSBuild]::IsOSPlatform('Linux'))">linux-x64</RuntimeIdentifier>
                    <SelfContained>false</SelfContained>
                  </PropertyGroup>
                  <ItemGroup>
                    {string.Join("\n    ", packages.Select(Reference))}
                  </ItemGroup>
                </Project>
                """);
            Directory.CreateDirectory(Path.Combine(folder, "cache"));
            RepositoryFiles.Dotnet(folder, "build", "-c", "Release");
            return string.Concat(runs.Select(arguments => RepositoryFiles.Dotnet(folder, ["run", "-c", "Release", "--no-build", "--", .. arguments])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>"Name", one of ours, or "Name version".</summary>
    private static string Reference(string package)
    {
        string[] words = package.Split(' ');
        return $"<PackageReference Include=\"{words[0]}\" Version=\"{(words.Length > 1 ? words[1] : Version)}\" />";
    }

    private static string Pack()
    {
        string folder = Directory.CreateTempSubdirectory("cfd-packages-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (string name in Names)
        {
            string project = Path.Combine("src", name);
            if (!File.Exists(Path.Combine(RepositoryFiles.Root, project, "bin", "Release", "net10.0", $"{name}.dll"))) RepositoryFiles.Dotnet(RepositoryFiles.Root, "build", project, "-c", "Release");
            RepositoryFiles.Dotnet(RepositoryFiles.Root, "pack", project, "-c", "Release", "--no-build", "-o", folder, $"-p:Version={Version}");
        }

        return folder;
    }
}
