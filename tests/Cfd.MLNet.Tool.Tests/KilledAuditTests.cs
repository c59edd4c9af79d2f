using System.Diagnostics;

namespace Cfd.MLNet.Tool.Tests;

/// <summary>The tool, killed (SIGKILL) at random moments and started again with the same journal.</summary>
[TestClass]
public sealed class KilledAuditTests
{
    private const int Kills = 4;

    [TestMethod]
    public void Audit_KilledAndStartedAgain_GivesTheReportOfAnUndisturbedRun()
    {
        using var folder = new TemporaryFolder();
        string undisturbed = folder.File("undisturbed.json"), report = folder.File("report.json"), journal = folder.File("audit.journal");
        Run("--json", undisturbed);

        var random = new Random();
        long noted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using var process = Start("--json", report, "--journal", journal);
            // The audit holds the file alone, so that its length is all that can be seen of it.
            long wanted = noted + 1 + random.Next(10_000);
            while (!process.HasExited && Length(journal) < wanted) Thread.Sleep(1);
            Thread.Sleep(random.Next(20));
            process.Kill();
            process.WaitForExit();
            noted = Length(journal);
        }

        Assert.IsFalse(File.Exists(report), "the audit was killed before its end each time");
        Run("--json", report, "--journal", journal);
        var (expected, actual) = (AuditReport.LoadJson(undisturbed), AuditReport.LoadJson(report));
        Assert.AreEqual(expected with { Provenance = actual.Provenance with { Settings = expected.Provenance.Settings } }, actual);
        Assert.AreNotEqual(0, actual.Provenance.EarlierTrainings);
        string[] retrains = [.. File.ReadAllLines(journal).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
        CollectionAssert.AllItemsAreUnique(retrains, "what is in the journal is not trained again");
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static void Run(params string[] arguments)
    {
        using var process = Start(arguments);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
    }

    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "cfd.dll");
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ["exec", program, "demo", "hiring", "--rows", "40", "--budget", "3", "--schedule", "sampled", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
