namespace Cfd.MLNet.Tests;

/// <summary>The path of a file that does not exist yet, in a folder of its own that goes with this object.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cfd-test-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);
}
