using System.Text;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>
/// The file of a journal: sealed lines, only ever appended to. A line is handed to the operating system at once, so that it outlives the
/// process. What a killed process left of a last line is cut off. Of one process alone: a second one is refused at once and changes
/// nothing (on Linux by an exclusive lock, which the system lifts when the process ends, however it ends). Thread-safe.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;
    private readonly string _path;
    private int _lines;

    private JournalFile(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <summary>Where a line stands.</summary>
    /// <param name="Number">From 1.</param>
    /// <param name="Offset">Of its first byte.</param>
    /// <param name="Length">Bytes, without the line's end.</param>
    public readonly record struct Line(int Number, long Offset, int Length);

    /// <summary>Opens or creates it, and calls read with each line and its words.</summary>
    /// <exception cref="IOException">The file cannot be used, is no regular file, or another process uses it.</exception>
    /// <exception cref="InvalidDataException">It is no journal, or a line is damaged.</exception>
    public static JournalFile Open(string path, Action<JournalFile, Line, string> read)
    {
        var file = new JournalFile(path, Lock(path));
        try
        {
            file.RequireJournal();
            file.CutTornLine();
            file.ReadAll(read);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends a line and says where it stands.</summary>
    /// <exception cref="InvalidOperationException">The line is longer than a journal can hold.</exception>
    public Line Append(string words)
    {
        lock (_lock)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(JournalLine.Seal(_lines + 1, words) + "\n");
            if (bytes.Length > JournalReader.LongestLine)
                throw new InvalidOperationException($"A line of journal '{_path}' would be longer than {JournalReader.LongestLine >> 20} MB; audit fewer test rows at once, or without a journal.");
            var line = new Line(++_lines, _stream.Position, bytes.Length - 1);
            _stream.Write(bytes);
            return line;
        }
    }

    /// <summary>The words of a line.</summary>
    /// <exception cref="InvalidDataException">The line was changed since it was read or written.</exception>
    public string Read(Line line)
    {
        var bytes = new byte[line.Length];
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(_stream.SafeFileHandle, bytes.AsSpan(read), line.Offset + read) is > 0 and var more) read += more;
        return JournalLine.Open(line.Number, Encoding.UTF8.GetString(bytes, 0, read)) ?? throw Damaged(line.Number, "it was changed while the audit ran");
    }

    /// <summary>Makes sense of a line's words; those that the reader stumbles over are damage.</summary>
    /// <exception cref="InvalidDataException">The words are not what this version writes.</exception>
    public void Understand(int line, Action read)
    {
        try
        {
            read();
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw Damaged(line, $"its words cannot be read ({failure.Message})");
        }
    }

    public InvalidDataException Damaged(int line, string why) => new(
        $"Journal '{_path}' line {line} is damaged: {why}. Delete the file to audit from the start, or cut it before that line to keep what is above.");

    public void Dispose() => _stream.Dispose();

    /// <summary>FileShare.None alone is an exclusive lock on Linux and macOS; any other value would be one that processes share.</summary>
    private static FileStream Lock(string path)
    {
        if (FileIdentity.KindOf(path) is FileKind.Directory or FileKind.Special)
            throw new IOException($"Journal '{path}' is a directory, a pipe, a socket or a device; name a regular file.");
        try
        {
            // No buffer: each line is one call of the operating system.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"Journal '{path}' may not be written: {failure.Message}", failure);
        }
        catch (IOException failure) when (failure is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new IOException(
                $"Journal '{path}' cannot be opened for this audit alone: another process uses it, most likely another audit. Name another file, or wait for that process to end. ({failure.Message})", failure);
        }
    }

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

    private void ReadAll(Action<JournalFile, Line, string> read)
    {
        _stream.Position = 0;
        long offset = 0;
        var reader = new JournalReader(_stream);
        while (reader.ReadLine(tooLong: () => Damaged(_lines + 1, $"it is longer than {JournalReader.LongestLine >> 20} MB")) is { } text)
        {
            var line = new Line(++_lines, offset, Encoding.UTF8.GetByteCount(text));
            read(this, line, JournalLine.Open(_lines, text) ?? throw Damaged(_lines, "its checksum does not fit"));
            offset += line.Length + 1;
        }

        _stream.Seek(0, SeekOrigin.End);
    }
}
