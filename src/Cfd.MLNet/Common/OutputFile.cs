using System.Text;

namespace Cfd.MLNet.Common;

/// <summary>
/// A file that is written whole or not at all: under a temporary name in the same folder, flushed to the disk, then renamed. Whoever
/// is killed or fails while writing leaves an earlier file as it was; a killed process leaves its temporary file, whose name starts with
/// ".cfd-". A link is followed; permissions of an earlier file are kept.
/// </summary>
internal static class OutputFile
{
    /// <summary>UTF-8 without a mark; halves of characters, which UTF-8 cannot hold, become U+FFFD.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file, over an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written, or something that is no regular file has its name.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = RequireTarget(path);
        string draft = DraftOf(target);
        var created = Create(path, draft);
        try
        {
            using (var stream = created)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            File.Move(draft, target, overwrite: true);
        }
        catch (UnauthorizedAccessException failure)
        {
            File.Delete(draft);
            throw Unwritable(path, failure);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8, over an earlier file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, Encoding, leaveOpen: true);
        write(writer);
    });

    /// <summary>Fails now where <see cref="Write"/> would fail after a long run. Touches no earlier file and leaves nothing behind.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Try(string path)
    {
        string draft = DraftOf(RequireTarget(path));
        Create(path, draft).Dispose();
        File.Delete(draft);
    }

    /// <summary>The file that a path leads to; nothing, or a regular file that may be written, stands there.</summary>
    private static string RequireTarget(string path)
    {
        string target = FileIdentity.Resolve(path);
        if (Path.EndsInDirectorySeparator(path)) throw new IOException($"'{path}' names a directory; name a file.");
        switch (FileIdentity.KindOf(target))
        {
            case FileKind.Directory:
                throw new IOException($"'{path}' is a directory; name a file.");
            case FileKind.Special:
                throw new IOException($"'{path}' is a pipe, a socket or a device, which cannot be written whole or not at all; name a regular file.");
            case FileKind.Regular when (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0:
                throw new IOException($"'{path}' may not be written: it is read-only. Name another file, or allow writing to it.");
            default:
                return target;
        }
    }

    private static FileStream Create(string path, string draft)
    {
        try
        {
            return new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (DirectoryNotFoundException)
        {
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no directory '{Path.GetDirectoryName(Path.GetFullPath(path))}'.");
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Unwritable(path, failure);
        }
    }

    /// <summary>Not made from the target's name, which may be as long as the system allows.</summary>
    private static string DraftOf(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".cfd-{Path.GetRandomFileName()}.tmp");

    private static IOException Unwritable(string path, UnauthorizedAccessException failure)
        => new($"'{path}' cannot be written: its folder does not allow it ({failure.Message}). Name a file in another folder.", failure);
}
