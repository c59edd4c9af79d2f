using Cfd.MLNet.Common;

namespace Cfd.MLNet.Tool.Outputs;

/// <summary>Refuses targets that cannot be written, or that would overwrite what is read or written elsewhere, before anything is trained.</summary>
internal static class OutputTargets
{
    /// <exception cref="ArgumentException">Two paths are the same file.</exception>
    /// <exception cref="IOException">A target cannot be written.</exception>
    public static void Check(IEnumerable<(string Name, string Path)> inputs, IEnumerable<(string Option, string? Path)> files, string? folder)
    {
        var known = new Dictionary<string, string>(PathComparer);
        foreach (var (name, path) in inputs) known.TryAdd(Full(path), name);
        var targets = files.Where(file => file.Path is not null and not OutputSettings.Standard).Select(file => (file.Option, Path: file.Path!)).ToArray();
        if (files.Count(file => file.Path == OutputSettings.Standard) > 1) throw new ArgumentException("Two outputs go to standard output (-); name a file for one of them.");
        foreach (var (option, path) in targets)
        {
            if (path.Length == 0) throw new ArgumentException($"{option} names no file.");
            if (!known.TryAdd(Full(path), option)) throw new ArgumentException($"{option} names '{path}', which is {(known[Full(path)] is var other && other.StartsWith('-') ? $"the file of {other}" : "read as input")} as well; name another file.");
            RequireWritable(option, path);
        }

        if (folder is null) return;
        if (folder.Length == 0) throw new ArgumentException("--out names no folder.");
        string full = Full(folder);
        if (known.Keys.FirstOrDefault(path => PathComparer.Equals(Path.GetDirectoryName(path), full) && !Directory.Exists(path)) is { } inside)
            throw new ArgumentException($"--out names the folder '{folder}', which holds '{Path.GetFileName(inside)}', too ({known[inside]}); name a folder of its own.");
        if (File.Exists(full)) throw new IOException($"--out names '{folder}', which is a file; name a folder.");
        if (folder == OutputSettings.Standard) throw new ArgumentException("--out names '-', standard output, but a folder cannot go there; name a folder.");
        if (OutputFolder.FirstForeign(full) is { } foreign)
            throw new IOException($"--out names the folder '{folder}', which holds other files than an earlier audit's, such as '{foreign}'; name a new or an empty folder.");
        RequireFolder("--out", full);
        RequireWritable("--out", folder, Path.Combine(Path.GetDirectoryName(full) ?? full, Path.GetFileName(full) + ".new"));
    }

    private static StringComparer PathComparer => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>A path with links followed, so that two names of one file are one.</summary>
    private static string Full(string path) => Path.TrimEndingDirectorySeparator(FileIdentity.Resolve(path));

    private static void RequireFolder(string option, string full)
    {
        string folder = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{option} names '{full}', but there is no directory '{folder}'.");
    }

    private static void RequireWritable(string option, string path) => RequireWritable(option, path, path);

    private static void RequireWritable(string option, string named, string path)
    {
        RequireFolder(option, Full(path));
        try
        {
            OutputFile.Try(path);
        }
        catch (IOException failure)
        {
            throw new IOException(named == path ? $"{option}: {failure.Message}" : $"{option} names '{named}', but nothing may be written into its folder.", failure);
        }
    }
}
