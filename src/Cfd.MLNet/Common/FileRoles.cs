namespace Cfd.MLNet.Common;

/// <summary>
/// The files that one run reads and writes, each with what the user calls it, e.g. "--json": no output may be an input or another output.
/// </summary>
internal sealed class FileRoles
{
    private readonly List<(string Role, string Path)> _inputs = [], _outputs = [];

    /// <summary>Notes a file that is read; null is left out.</summary>
    public FileRoles Reads(string role, string? path)
    {
        if (path is not null) _inputs.Add((role, path));
        return this;
    }

    /// <summary>Notes a file that is written, now or in the course of the run; null is left out.</summary>
    public FileRoles Writes(string role, string? path)
    {
        if (path is not null) _outputs.Add((role, path));
        return this;
    }

    /// <summary>Before a long run: no output is an input or another output, and each could be written. Touches no file.</summary>
    /// <exception cref="ArgumentException">An output is an input or another output.</exception>
    /// <exception cref="IOException">An output could not be written.</exception>
    public void Require()
    {
        RequireApart();
        foreach (var (role, path) in _outputs)
        {
            try
            {
                OutputFile.Try(path);
            }
            catch (IOException failure)
            {
                throw new IOException($"{role}: {failure.Message}", failure);
            }
        }
    }

    /// <summary>Compares full paths, through links of any kind.</summary>
    private void RequireApart()
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            foreach (var (role, path) in _inputs.Concat(_outputs.Take(i)))
            {
                if (FileIdentity.AreSame(path, _outputs[i].Path))
                    throw new ArgumentException($"{role} '{path}' and {_outputs[i].Role} '{_outputs[i].Path}' are the same file, which would be overwritten; name another file for {_outputs[i].Role}.");
            }
        }
    }
}
