namespace Cfd.MLNet.Tool.Outputs;

/// <summary>Files that stand whole or not at all: written under a temporary name beside, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file, over an earlier one, or to standard output.</summary>
    /// <param name="path">The file, or "-".</param>
    /// <param name="standardOutput">Where "-" goes.</param>
    /// <param name="write">Writes to the path it is given.</param>
    /// <exception cref="IOException">It cannot be written; an earlier file stays as it was.</exception>
    public static void Write(string path, Stream standardOutput, Action<string> write)
    {
        bool isStandard = path == OutputSettings.Standard;
        string temporary = isStandard ? Path.GetTempFileName() : $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            if (isStandard)
            {
                using var written = File.OpenRead(temporary);
                written.CopyTo(standardOutput);
                standardOutput.Flush();
                return;
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
