using System.Diagnostics;
using Cfd.MLNet.Common;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>The example program, killed (SIGKILL) at random moments and started again with the same journal.</summary>
[TestClass]
public sealed class KilledAuditTests
{
    private const int Kills = 4;

    [TestMethod]
    public void Audit_KilledAndStartedAgain_GivesTheReportOfAnUndisturbedRun()
    {
        using var undisturbed = new TemporaryFile();
        using var report = new TemporaryFile();
        using var journal = new TemporaryFile();
        Run("--json", undisturbed.Path);

        var random = new SeededRandom((ulong)Environment.TickCount64);
        long noted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using var process = Start("--json", report.Path, "--journal", journal.Path);
            // The audit holds the file alone, so that its length is all that can be seen of it.
            long wanted = noted + 1 + random.NextInt32(10_000);
            while (!process.HasExited && Length(journal.Path) < wanted) Thread.Sleep(1);
            Thread.Sleep(random.NextInt32(20));
            process.Kill();
            process.WaitForExit();
            noted = Length(journal.Path);
        }

        Assert.IsFalse(File.Exists(report.Path), "the audit was killed before its end each time");
        Run("--json", report.Path, "--journal", journal.Path);
        JournalTests.AreSame(AuditReport.LoadJson(undisturbed.Path), AuditReport.LoadJson(report.Path));
        string[] retrains = [.. File.ReadAllLines(journal.Path).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
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
        string program = Path.Combine(AppContext.BaseDirectory, "Audit.dll");
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ["exec", program, "--rows", "40", "--budget", "3", "--schedule", "sampled", .. arguments])
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
