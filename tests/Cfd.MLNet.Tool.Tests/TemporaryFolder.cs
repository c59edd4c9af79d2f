using System.Text;

namespace Cfd.MLNet.Tool.Tests;

/// <summary>A folder of its own that goes with this object.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cfd-tool-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text, Encoding? encoding = null)
    {
        System.IO.File.WriteAllBytes(File(name), [.. (encoding ?? new UTF8Encoding()).GetPreamble(), .. (encoding ?? new UTF8Encoding()).GetBytes(text)]);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
