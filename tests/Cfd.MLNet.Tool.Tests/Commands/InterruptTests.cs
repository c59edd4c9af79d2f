using System.Diagnostics;
using System.Globalization;

namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>Ctrl+C, as a terminal sends it to a process of its own.</summary>
[TestClass]
public sealed class InterruptTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Interrupted_WritesWhatIsDone_AndEndsWith130()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        string people = folder.Write("people.csv", "sex,age,score,hired\n" + string.Concat(Enumerable.Range(0, 1500).Select(_ =>
        {
            int age = random.Next(18, 70);
            return $"{"mf"[random.Next(2)]},{age},{random.Next(100)}.5,{(random.Next(60) < age ? 1 : 0)}\n";
        })));
        string json = folder.File("audit.json"), journal = folder.File("journal");
        // Whoever started the tests may have set the signal to be ignored, which a child inherits.
        using var process = Process.Start(new ProcessStartInfo(
            "env",
            ["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "cfd.dll"), "audit", people, "-l", "hired", "-p", "1", "-a", "sex", "--rows", "200", "--schedule", "exhaustive", "--json", json, "--journal", journal])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !HasRetrains(journal)) Thread.Sleep(5);
        Assert.IsFalse(process.HasExited, "the search would take minutes");
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        process.WaitForExit();

        Assert.AreEqual(130, process.ExitCode, error.Result);
        var summary = AuditReport.LoadJson(json).Summary;
        Assert.IsTrue(summary.IsCancelled);
        Assert.IsGreaterThan(0, summary.NotReached);
        Assert.AreEqual(200, summary.Audited);
        string words = string.Join(' ', output.Result.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("not reached. This is what is done:", words);
        Assert.IsEmpty(Directory.GetFiles(folder.Path, "*.tmp"), "nothing half written is left");
    }

    // The audit holds the file alone, so that its length is all that can be seen of it.
    private static bool HasRetrains(string journal) => new FileInfo(journal) is { Exists: true, Length: > 4000 };
}
