using System.Text;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>
/// The file of a journal: sealed lines, only ever appended to. A line is handed to the operating system at once, so that it outlives the
/// process. What a killed process left of a last line is cut off. Used by one process at a time; thread-safe.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;
    private readonly string _path;
    private int _lines;

    private JournalFile(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <summary>Opens or creates it, and calls line with the words of each line and their number, from 1.</summary>
    /// <exception cref="IOException">The file cannot be used, or another process uses it.</exception>
    /// <exception cref="InvalidDataException">It is no journal, or a line is damaged.</exception>
    public static JournalFile Open(string path, Action<int, string> line)
    {
        // No buffer: each line is one call of the operating system.
        var file = new JournalFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0));
        try
        {
            file.RequireJournal();
            file.CutTornLine();
            file.ReadAll(line);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends a line.</summary>
    public void Append(string words)
    {
        lock (_lock) _stream.Write(Encoding.UTF8.GetBytes(JournalLine.Seal(++_lines, words) + "\n"));
    }

    public InvalidDataException Damaged(int line, string why) => new(
        $"Journal '{_path}' line {line} is damaged: {why}. Delete the file to audit from the start, or cut it before that line to keep what is above.");

    public void Dispose() => _stream.Dispose();

    /// <summary>Cutting the last line of a file that is something else would do harm.</summary>
    private void RequireJournal()
    {
        byte[] expected = Encoding.ASCII.GetBytes(JournalHeader.Kind), start = new byte[expected.Length];
        int read = _stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start.AsSpan(0, read).SequenceEqual(expected.AsSpan(0, read)))
            throw new InvalidDataException($"'{_path}' is no journal of an audit of this version: it does not start with '{JournalHeader.Kind}'. Name another file.");
    }

    private void CutTornLine()
    {
        var last = new byte[4096];
        for (long end = _stream.Length; end > 0;)
        {
            long start = Math.Max(0, end - last.Length);
            _stream.Position = start;
            var part = last.AsSpan(0, (int)(end - start));
            _stream.ReadExactly(part);
            int newline = part.LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                _stream.SetLength(start + newline + 1);
                return;
            }

            end = start;
        }

        _stream.SetLength(0);
    }

    private void ReadAll(Action<int, string> line)
    {
        _stream.Position = 0;
        using var reader = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } text)
        {
            _lines++;
            line(_lines, JournalLine.Open(_lines, text) ?? throw Damaged(_lines, "its checksum does not fit"));
        }

        _stream.Seek(0, SeekOrigin.End);
    }
}
