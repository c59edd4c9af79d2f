using System.Runtime.InteropServices;

namespace Cfd.MLNet.Common;

/// <summary>What a path names, found out without opening it: opening a FIFO would wait for another process.</summary>
internal enum FileKind
{
    Missing,
    Regular,
    Directory,

    /// <summary>A FIFO, a socket or a device.</summary>
    Special,
}

/// <summary>The kind of a file and, where the system tells, which file it is whatever its name. Links are followed.</summary>
internal static partial class FileIdentity
{
    // Linux' struct statx, the same on every processor: mode at 28, inode at 32, device at 136.
    private const int StatxSize = 256, ModeOffset = 28, InodeOffset = 32, DeviceOffset = 136;
    private const int CurrentFolder = -100, BasicStats = 0x7FF, TypeMask = 0xF000, TypeDirectory = 0x4000, TypeRegular = 0x8000;

    public static FileKind KindOf(string path) => Stat(path) is { } stat
        ? (stat.Mode & TypeMask) switch
        {
            TypeRegular => FileKind.Regular,
            TypeDirectory => FileKind.Directory,
            _ => FileKind.Special,
        }
        : PortableKindOf(path);

    /// <summary>Whether two paths name one file: through links of any kind, or, where there is no file yet, by their resolved names.</summary>
    public static bool AreSame(string path, string other)
    {
        if (Stat(path) is { } one && Stat(other) is { } two) return one.Inode == two.Inode && one.Device == two.Device;
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return string.Equals(Resolve(path), Resolve(other), comparison);
    }

    /// <summary>The full path with every link in it followed; what does not exist yet keeps its name.</summary>
    /// <exception cref="IOException">Links that lead in a circle.</exception>
    public static string Resolve(string path)
    {
        int links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    private static string Resolve(string full, ref int links)
    {
        const int MostLinks = 40;
        if (Path.GetDirectoryName(full) is not { } folder) return full;
        folder = Resolve(folder, ref links);
        string own = Path.Combine(folder, Path.GetFileName(full));
        if (new FileInfo(own).LinkTarget is not { } target) return own;
        if (++links > MostLinks) throw new IOException($"'{full}' is a link that leads in a circle; name another file.");
        return Resolve(Path.GetFullPath(target, folder), ref links);
    }

    private static FileKind PortableKindOf(string path)
    {
        if (Directory.Exists(path)) return FileKind.Directory;
        if (!File.Exists(path)) return FileKind.Missing;
        return (File.GetAttributes(path) & FileAttributes.Device) != 0 ? FileKind.Special : FileKind.Regular;
    }

    /// <summary>Null where nothing is there, or where the system does not answer that way.</summary>
    private static unsafe (int Mode, ulong Inode, ulong Device)? Stat(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        byte* answer = stackalloc byte[StatxSize];
        try
        {
            if (Statx(CurrentFolder, Path.GetFullPath(path), 0, BasicStats, answer) != 0) return null;
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }

        var fields = new ReadOnlySpan<byte>(answer, StatxSize);
        return (MemoryMarshal.Read<ushort>(fields[ModeOffset..]), MemoryMarshal.Read<ulong>(fields[InodeOffset..]), MemoryMarshal.Read<ulong>(fields[DeviceOffset..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* answer);
}
