namespace PaperEvaluation.Results;

/// <summary>A file that --json names.</summary>
internal static class OutputFile
{
    /// <summary>Fails before a long run rather than after it.</summary>
    /// <exception cref="DirectoryNotFoundException">The file's directory does not exist.</exception>
    public static void RequireDirectory(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"--json names '{path}', but there is no directory '{directory}'.");
    }

    /// <summary>Writes the file, over an earlier one; whoever reads it meanwhile sees the earlier one whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string draft = path + ".tmp";
        using (var stream = File.Create(draft)) write(stream);
        File.Move(draft, path, overwrite: true);
    }
}
