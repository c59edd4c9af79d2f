using System.Text;
using System.Text.Unicode;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Looks at all bytes of a file, whatever its size.</summary>
internal sealed class ByteCheck
{
    // Letters of western European languages and the marks that Word and Excel write, in Windows-1252.
    private const string WesternMarks = "\u20AC\u201A\u201E\u2026\u2018\u2019\u201C\u201D\u2013\u2014\u00A0\u00A3\u00A7\u00AB\u00BB\u00B0\u00B2\u00B3\u00B5\u00B7\u00BF\u00A1\u0160\u0161\u017D\u017E\u0152\u0153\u0178\u00BD\u00BC\u00BE\u00AE\u00A9\u2122\u2022";
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private readonly List<byte> _rest = [];
    private int _line = 1;
    private bool _afterReturn;
    private int _letters;
    private int _highInWord;

    /// <summary>The first line that is not UTF-8, from 1; 0: none.</summary>
    public int InvalidLine { get; private set; }

    /// <summary>The byte that is not.</summary>
    public byte InvalidByte { get; private set; }

    /// <summary>Whether some letters beyond ASCII are written as UTF-8 writes them.</summary>
    public bool HasLongSequences { get; private set; }

    /// <summary>Whether what lies beyond ASCII reads as Windows-1252: its letters, within words that are mostly ASCII.</summary>
    public bool LooksWestern { get; private set; } = true;

    public void Add(ReadOnlySpan<byte> chunk)
    {
        ReadOnlySpan<byte> bytes = chunk;
        if (_rest.Count > 0)
        {
            _rest.AddRange(chunk);
            bytes = _rest.ToArray();
            _rest.Clear();
        }

        int whole = IsTail(bytes);
        _rest.AddRange(bytes[whole..]);
        Look(bytes[..whole]);
    }

    public void End()
    {
        Look(_rest.ToArray());
        EndWord();
    }

    /// <summary>Where an unfinished sequence of at most 3 bytes begins.</summary>
    private static int IsTail(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte last = bytes[^back];
            if (last < 0x80) return bytes.Length;
            if (last >= 0xC0) return (last >= 0xF0 ? 4 : last >= 0xE0 ? 3 : 2) > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        bool isValid = Utf8.IsValid(bytes);
        if (isValid && (InvalidLine > 0 || HasLongSequences || Ascii.IsValid(bytes)))
        {
            if (InvalidLine == 0) CountLines(bytes);
            HasLongSequences |= !Ascii.IsValid(bytes);
            return;
        }

        for (int at = 0; at < bytes.Length;)
        {
            byte next = bytes[at];
            if (next < 0x80)
            {
                CountLines(bytes.Slice(at, 1));
                if (char.IsAsciiLetter((char)next)) _letters++;
                else EndWord();
                at++;
            }
            else if (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
            {
                HasLongSequences = true;
                at += length;
            }
            else
            {
                if (InvalidLine == 0) (InvalidLine, InvalidByte) = (_line, next);
                char letter = Western.GetChars([next])[0];
                if (letter is >= '\u00C0' and <= '\u00FF' and not ('\u00D7' or '\u00F7') or '\u0160' or '\u0161' or '\u017D' or '\u017E' or '\u0152' or '\u0153' or '\u0178') _highInWord++;
                else LooksWestern &= WesternMarks.Contains(letter, StringComparison.Ordinal);
                at++;
            }
        }
    }

    // A word of mostly other letters than ASCII is in another script, such as Cyrillic in Windows-1251.
    private void EndWord()
    {
        if (_highInWord > 1 && _highInWord > _letters) LooksWestern = false;
        (_letters, _highInWord) = (0, 0);
    }

    private void CountLines(ReadOnlySpan<byte> bytes)
    {
        foreach (byte next in bytes)
        {
            if (next == '\n' ? !_afterReturn : next == '\r') _line++;
            _afterReturn = next == '\r';
        }
    }
}
