using System.Diagnostics;
using Cfd.MLNet.Common;

namespace Cfd.MLNet.Tests.Common;

/// <summary>Outputs that are written whole or not at all.</summary>
[TestClass]
public sealed class OutputFileTests
{
    [TestMethod]
    public void Write_OverAnEarlierFile_ReplacesItAndLeavesNothingBeside()
    {
        using var file = new TemporaryFile();
        OutputFile.WriteText(file.Path, writer => writer.Write("earlier and longer"));
        OutputFile.WriteText(file.Path, writer => writer.Write("later"));
        Assert.AreEqual("later", File.ReadAllText(file.Path));
        CollectionAssert.AreEqual(new[] { file.Path }, Directory.GetFileSystemEntries(Path.GetDirectoryName(file.Path)!));
    }

    [TestMethod]
    public void Write_ThatFails_LeavesTheEarlierFileAndNothingBeside()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "earlier");
        Assert.ThrowsExactly<InvalidOperationException>(() => OutputFile.Write(file.Path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.AreEqual("earlier", File.ReadAllText(file.Path));
        CollectionAssert.AreEqual(new[] { file.Path }, Directory.GetFileSystemEntries(Path.GetDirectoryName(file.Path)!));
    }

    [TestMethod]
    public void Write_WhileSomeoneReads_ShowsTheEarlierFileWhole()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "earlier");
        OutputFile.Write(file.Path, stream =>
        {
            stream.Write("la"u8);
            stream.Flush();
            Assert.AreEqual("earlier", File.ReadAllText(file.Path));
            stream.Write("ter"u8);
        });
        Assert.AreEqual("later", File.ReadAllText(file.Path));
    }

    [TestMethod]
    public void Write_ThroughALink_KeepsTheLink()
    {
        using var file = new TemporaryFile();
        string link = file.Path + "-link";
        File.CreateSymbolicLink(link, Path.GetFileName(file.Path));
        foreach (string text in new[] { "first", "second" })
        {
            OutputFile.WriteText(link, writer => writer.Write(text));
            Assert.AreEqual(text, File.ReadAllText(file.Path));
            Assert.IsNotNull(new FileInfo(link).LinkTarget);
        }
    }

    [TestMethod]
    public void Write_OverAFileWithPermissions_KeepsThem()
    {
        if (OperatingSystem.IsWindows()) return;
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "earlier");
        File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        OutputFile.WriteText(file.Path, writer => writer.Write("later"));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
    }

    [TestMethod]
    [DataRow("pipe", "is a pipe")]
    [DataRow("device", "is a pipe, a socket or a device")]
    [DataRow("directory", "is a directory")]
    [DataRow("no directory", "there is no directory")]
    [DataRow("read-only", "is read-only")]
    [DataRow("circle", "leads in a circle")]
    public void TryAndWrite_WhatIsNoRegularFile_AreRefusedAtOnce(string what, string message)
    {
        // Pipes and devices are told apart on Linux.
        if (!OperatingSystem.IsLinux()) return;
        using var file = new TemporaryFile();
        string path = file.Path;
        switch (what)
        {
            case "pipe":
                using (var made = Process.Start("mkfifo", path)) made.WaitForExit();
                break;
            case "device":
                path = "/dev/null";
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "no directory":
                path = Path.Combine(path, "none", "output");
                break;
            case "read-only":
                File.WriteAllText(path, "earlier");
                File.SetUnixFileMode(path, UnixFileMode.UserRead);
                break;
            default:
                File.CreateSymbolicLink(path, path);
                break;
        }

        foreach (var action in new Action[] { () => OutputFile.Try(path), () => OutputFile.WriteText(path, writer => writer.Write("later")) })
            Assert.Contains(message, Assert.Throws<IOException>(action).Message);
    }

    [TestMethod]
    public void Try_AFileThatCouldBeWritten_LeavesTheFolderAsItWas()
    {
        using var file = new TemporaryFile();
        OutputFile.Try(file.Path);
        Assert.IsFalse(File.Exists(file.Path));
        File.WriteAllText(file.Path, "earlier");
        OutputFile.Try(file.Path);
        Assert.AreEqual("earlier", File.ReadAllText(file.Path));
        Assert.HasCount(1, Directory.GetFileSystemEntries(Path.GetDirectoryName(file.Path)!));
    }

    [TestMethod]
    public void Require_OneFileUnderTwoNames_IsRefusedWithBothRoles()
    {
        using var file = new TemporaryFile();
        string folder = Path.GetDirectoryName(file.Path)!, link = file.Path + "-link", hard = file.Path + "-hard", linkedFolder = Path.Combine(folder, "linked");
        File.WriteAllText(file.Path, "data");
        File.CreateSymbolicLink(link, file.Path);
        using (var made = Process.Start("ln", [file.Path, hard])) made.WaitForExit();
        Directory.CreateSymbolicLink(linkedFolder, folder);
        foreach (string same in new[] { file.Path, Path.Combine(folder, ".", "x", "..", "file"), link, hard, Path.Combine(linkedFolder, "file") })
        {
            string message = Assert.ThrowsExactly<ArgumentException>(() => new FileRoles().Reads("--data", file.Path).Writes("--json", same).Require()).Message;
            Assert.Contains("--data", message);
            Assert.Contains("--json", message);
        }

        Assert.ThrowsExactly<ArgumentException>(() => new FileRoles().Writes("--json", Path.Combine(folder, "new")).Writes("--journal", Path.Combine(linkedFolder, "new")).Require());
        new FileRoles().Reads("--data", file.Path).Writes("--json", file.Path + "2").Writes("--journal", file.Path + "3").Writes("--report", null).Require();
    }

    [TestMethod]
    public void SaveJson_OverAPipe_DoesNotWait()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Pipes are told apart on Linux.");
        using var file = new TemporaryFile();
        using (var made = Process.Start("mkfifo", file.Path)) made.WaitForExit();
        Assert.Throws<IOException>(() => Auditing.SampleReports.Create().SaveJson(file.Path));
    }
}
