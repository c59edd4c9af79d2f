namespace Cfd.MLNet.Tool.Outputs;

/// <summary>Reads an audit's JSON.</summary>
internal static class ResultFile
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no audit's JSON.</exception>
    public static AuditReport Load(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.");
        try
        {
            return AuditReport.LoadJson(path);
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{path} does not hold the JSON of an audit (cfd audit --json). {broken.Message}", broken);
        }
    }
}
