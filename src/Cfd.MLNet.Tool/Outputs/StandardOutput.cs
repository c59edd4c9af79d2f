namespace Cfd.MLNet.Tool.Outputs;

/// <summary>What goes to a file or, named "-", to standard output; there it begins when it is whole.</summary>
internal static class StandardOutput
{
    /// <summary>Writes to a file or to standard output.</summary>
    /// <param name="path">The file, or "-".</param>
    /// <param name="standardOutput">Where "-" goes.</param>
    /// <param name="write">Writes a file whole or not at all.</param>
    /// <exception cref="IOException">It cannot be written; an earlier file stays as it was.</exception>
    public static void Write(string path, Stream standardOutput, Action<string> write)
    {
        if (path != OutputSettings.Standard)
        {
            write(path);
            return;
        }

        string temporary = Path.GetTempFileName();
        try
        {
            write(temporary);
            using var written = File.OpenRead(temporary);
            written.CopyTo(standardOutput);
            standardOutput.Flush();
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
