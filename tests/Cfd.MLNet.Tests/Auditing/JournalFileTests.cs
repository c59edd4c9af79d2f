using System.Diagnostics;
using System.Text;
using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Fuzz;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>The file of a journal, and second processes that want it.</summary>
[TestClass]
public sealed class JournalFileTests
{
    private const int Tries = 50;

    [TestMethod]
    public void Open_WhileThisProcessHoldsIt_IsRefusedToFiftyProcessesAndChangesNothing()
    {
        using var file = new TemporaryFile();
        using (var journal = JournalFile.Open(file.Path, (_, _, _) => { }))
        {
            journal.Append($"{JournalHeader.Kind} []");
            long length = new FileInfo(file.Path).Length;
            for (int i = 0; i < Tries; i++)
            {
                using var other = Hold(file.Path);
                string answer = other.StandardOutput.ReadToEnd();
                other.WaitForExit();
                Assert.AreEqual(Children.Refused, other.ExitCode, answer);
                Assert.Contains("another process uses it", answer);
                Assert.AreEqual(length, new FileInfo(file.Path).Length);
            }

            journal.Append("row 1");
        }

        Assert.HasCount(2, Read(file.Path));
    }

    [TestMethod]
    public void Open_TwoProcessesAtOnce_GoesToOneOfThem()
    {
        using var file = new TemporaryFile();
        for (int i = 0; i < 10; i++)
        {
            using Process one = Hold(file.Path), two = Hold(file.Path);
            string[] answers = [one.StandardOutput.ReadLine()!, two.StandardOutput.ReadLine()!];
            Assert.ContainsSingle(answer => answer == "held", answers);
            one.StandardInput.Close();
            two.StandardInput.Close();
            one.WaitForExit();
            two.WaitForExit();
            Assert.HasCount(i + 1, Read(file.Path), "each holder wrote its line, and no one cut it");
        }
    }

    [TestMethod]
    public void Open_AfterItsHolderWasKilled_Works()
    {
        using var file = new TemporaryFile();
        using var holder = Hold(file.Path);
        Assert.AreEqual("held", holder.StandardOutput.ReadLine());
        Assert.Contains("another process", Assert.Throws<IOException>(() => Read(file.Path)).Message);
        holder.Kill();
        holder.WaitForExit();
        Assert.HasCount(1, Read(file.Path));
    }

    [TestMethod]
    public void Open_AnythingButARegularFile_IsRefusedAtOnce()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Pipes are told apart on Linux.");
        using var file = new TemporaryFile();
        using (var made = Process.Start("mkfifo", file.Path)) made.WaitForExit();
        foreach (string path in new[] { file.Path, "/dev/null", Path.GetDirectoryName(file.Path)! })
            Assert.Contains("name a regular file", Assert.Throws<IOException>(() => Read(path)).Message);
    }

    [TestMethod]
    public void Open_ALineWithoutAnEnd_IsDamageBeforeItFillsTheMemory()
    {
        using var file = new TemporaryFile();
        using (var stream = File.Create(file.Path))
        {
            stream.Write(Encoding.UTF8.GetBytes(JournalLine.Seal(1, JournalHeader.Kind) + "\n"));
            byte[] part = new byte[1 << 20];
            Array.Fill(part, (byte)'a');
            for (int i = 0; i < 80; i++) stream.Write(part);
            stream.Write("\n"u8);
        }

        Assert.Contains("line 2 is damaged: it is longer than 64 MB", Assert.ThrowsExactly<InvalidDataException>(() => Read(file.Path)).Message);
    }

    [TestMethod]
    public void Open_WordsBehindAForgedChecksum_AreDamageWithTheirLine()
    {
        using var file = new TemporaryFile();
        var header = new JournalHeader([new("a", "b")]);
        foreach (string words in new[] { "retrain x 1 AAAAAA==", "retrain 1 99999999999999999999 AAAAAA==", "retrain 1,1 1 AAAAAA==", "diverged 1 1 !", "row x", "retrain 1 1 AAAA", "what" })
        {
            File.WriteAllLines(file.Path, [JournalLine.Seal(1, header.ToWords()), JournalLine.Seal(2, words)]);
            Assert.Contains("line 2 is damaged", Assert.ThrowsExactly<InvalidDataException>(() => Journal.Open(file.Path, header).Dispose(), words).Message);
        }
    }

    private static List<string> Read(string path)
    {
        var lines = new List<string>();
        JournalFile.Open(path, (_, _, words) => lines.Add(words)).Dispose();
        return lines;
    }

    private static Process Hold(string path) => Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Children).Assembly.Location, "hold", path])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
