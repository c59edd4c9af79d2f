using System.Buffers;
using System.Text;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>Reads lines of bounded length: a damaged file may have lost its line ends. Not thread-safe.</summary>
internal sealed class JournalReader(Stream stream)
{
    /// <summary>In bytes, with its end: the logits of 12 million test rows.</summary>
    public const int LongestLine = 64 << 20;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start, _end;

    /// <summary>The next line without its end, or null at the end of the file.</summary>
    public string? ReadLine(Func<Exception> tooLong)
    {
        var line = new ArrayBufferWriter<byte>();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, stream.Read(_buffer));
                if (_end == 0) return line.WrittenCount == 0 ? null : Encoding.UTF8.GetString(line.WrittenSpan);
            }

            var rest = _buffer.AsSpan(_start, _end - _start);
            int length = rest.IndexOf((byte)'\n');
            var part = length < 0 ? rest : rest[..length];
            if (line.WrittenCount + part.Length >= LongestLine) throw tooLong();
            _start += length < 0 ? part.Length : part.Length + 1;
            if (length >= 0 && line.WrittenCount == 0) return Encoding.UTF8.GetString(part);
            line.Write(part);
            if (length >= 0) return Encoding.UTF8.GetString(line.WrittenSpan);
        }
    }
}
