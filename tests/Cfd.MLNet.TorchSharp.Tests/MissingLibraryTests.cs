using System.Diagnostics;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>What a user reads whose application brings no native library, or one that does not load.</summary>
[TestClass]
public sealed class MissingLibraryTests
{
    private const string WithoutLibrary = "CFD_TEST_WITHOUT_TORCH";

    public required TestContext TestContext { get; init; }

    /// <summary>This test once more in a process of its own, from a folder with the managed assemblies alone.</summary>
    [TestMethod]
    public void Constructor_WithoutTheLibrary_SaysWhatToAdd()
    {
        if (Environment.GetEnvironmentVariable(WithoutLibrary) is null)
        {
            RunInAFolderWithoutTheLibrary();
            return;
        }

        var failure = Assert.ThrowsExactly<DllNotFoundException>(() => new TorchSharpEngine());
        string[] remedies = ["TorchSharp-cpu 0.107.0", "CUDA", "GLIBCXX_3.4.32", "Debian 13", "TrainingEngine.Managed", "The loader says: "];
        foreach (string words in remedies) Assert.Contains(words, failure.Message);
        Assert.AreEqual(failure.Message, Assert.ThrowsExactly<DllNotFoundException>(() => new TorchSharpEngine()).Message, "a second time");
    }

    [TestMethod]
    public void Constructor_WhereTheLibraryDoesNotLoad_RepeatsTheLoadersWords()
    {
        try
        {
            _ = new TorchSharpEngine();
            TestContext.WriteLine("The library loads here, so there is nothing to say.");
        }
        catch (DllNotFoundException failure)
        {
            TestContext.WriteLine(failure.Message);
            Assert.Contains("LibTorchSharp", failure.Message.Split("The loader says: ")[1]);
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4097)]
    public void Constructor_CandidatesOutOfRange_Throws(int candidates)
        => Assert.Contains("1 to 4096", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TorchSharpEngine(null, candidates)).Message);

    private void RunInAFolderWithoutTheLibrary()
    {
        string folder = Directory.CreateTempSubdirectory("cfd-no-torch-").FullName;
        try
        {
            string assembly = Path.GetFileName(typeof(MissingLibraryTests).Assembly.Location);
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")) Copy(file);
            Copy(Path.Combine(AppContext.BaseDirectory, Path.ChangeExtension(assembly, ".runtimeconfig.json")));
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in new[] { "exec", Path.Combine(folder, assembly), "--filter", $"Name={nameof(Constructor_WithoutTheLibrary_SaysWhatToAdd)}" })
                start.ArgumentList.Add(argument);
            start.Environment[WithoutLibrary] = "1";
            // TorchSharp looks into the user's package folder too, and copies what it finds there.
            start.Environment["HOME"] = start.Environment["USERPROFILE"] = start.Environment["NUGET_PACKAGES"] = folder;
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Copy(string file) => File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }
}
