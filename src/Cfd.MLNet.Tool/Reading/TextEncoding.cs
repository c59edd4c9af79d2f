using System.Text;
using System.Text.Unicode;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// How the bytes of a text file become letters. Strict: a byte that the encoding does not know is an error, never a replacement
/// character in somebody's name.
/// </summary>
/// <param name="Encoding">Throws on what it does not know.</param>
/// <param name="Name">For people, e.g. "UTF-8".</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Remark">A warning, where the choice is a guess.</param>
internal sealed record TextEncoding(Encoding Encoding, string Name, string Reason, string? Remark = null)
{
    private const int ChunkBytes = 1 << 16;

    // Letters of western European languages and the marks that Word and Excel write, in Windows-1252.
    private const string WesternMarks = "\u20AC\u201A\u201E\u2026\u2018\u2019\u201C\u201D\u2013\u2014\u00A0\u00A3\u00A7\u00AB\u00BB\u00B0\u00B2\u00B3\u00B5\u00B7\u00BF\u00A1\u0160\u0161\u017D\u017E\u0152\u0153\u0178\u00BD\u00BC\u00BE\u00AE\u00A9\u2122\u2022";

    static TextEncoding() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a file: the one asked for, that of its byte order mark, UTF-8, or Windows-1252 where its letters are plainly that.</summary>
    /// <exception cref="ArgumentException">There is no encoding of the name asked for.</exception>
    /// <exception cref="InvalidDataException">The bytes fit none that can be told.</exception>
    public static TextEncoding Of(string path, ReadOnlySpan<byte> start, string? asked)
    {
        string file = Path.GetFileName(path);
        var marked = ByMark(start);
        if (asked is not null) return marked is not null && !IsNamed(marked, asked)
            ? throw new ArgumentException($"--encoding is '{asked}', but {file} begins with the byte order mark of {marked.Name}; leave the option out.")
            : marked ?? NamedAndChecked(path, asked);
        if (marked is not null) return marked.Encoding is UTF8Encoding ? CheckedUtf8(path, marked) : marked;
        int zero = start.IndexOf((byte)0);
        if (zero >= 0)
        {
            bool isWide = start.Length >= 4 && (zero % 2 == 1 ? start[1] == 0 && start[3] == 0 : start[0] == 0 && start[2] == 0);
            throw new InvalidDataException(isWide
                ? $"{file} looks like UTF-16 without a byte order mark; say --encoding {(zero % 2 == 1 ? "utf-16" : "utf-16be")}."
                : $"{file} is no text: byte {zero + 1} is zero, which text never holds. A table is read from CSV or Parquet.");
        }

        return CheckedUtf8(path, new TextEncoding(new UTF8Encoding(false, throwOnInvalidBytes: true), "UTF-8", "all bytes are valid UTF-8"));
    }

    private static TextEncoding? ByMark(ReadOnlySpan<byte> start)
    {
        TextEncoding Marked(Encoding encoding, string name) => new(encoding, name, "its byte order mark");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return Marked(new UTF32Encoding(false, true, true), "UTF-32");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Marked(new UnicodeEncoding(false, true, true), "UTF-16");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Marked(new UnicodeEncoding(true, true, true), "UTF-16, big-endian");
        return start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? Marked(new UTF8Encoding(true, true), "UTF-8") : null;
    }

    private static bool IsNamed(TextEncoding marked, string asked) => Named(asked).Encoding.CodePage == marked.Encoding.CodePage;

    private static TextEncoding NamedAndChecked(string path, string asked)
    {
        var named = Named(asked);
        if (named.Encoding is not UTF8Encoding) return named;
        var read = CheckedUtf8(path, named);
        return read.Encoding is UTF8Encoding ? read : throw new InvalidDataException($"--encoding is '{asked}', but {Path.GetFileName(path)} is not: {read.Reason}. Leave the option out.");
    }

    private static TextEncoding Named(string asked)
    {
        string name = asked.ToLowerInvariant() switch { "utf8" => "utf-8", "latin1" or "latin-1" => "iso-8859-1", "utf16" => "utf-16", "cp1252" or "ansi" => "windows-1252", var other => other };
        try
        {
            return new TextEncoding(System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), name, "--encoding");
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"--encoding is '{asked}', which is no encoding; known are utf-8, utf-16, windows-1252, latin1, iso-8859-15, windows-1250, windows-1251, shift_jis, gb18030 and others.");
        }
    }

    /// <summary>UTF-8 if all bytes are; else Windows-1252 if that is plain.</summary>
    private static TextEncoding CheckedUtf8(string path, TextEncoding utf8)
    {
        var check = new ByteCheck();
        using (var stream = File.OpenRead(path))
        {
            byte[] chunk = new byte[ChunkBytes];
            for (int read; (read = stream.Read(chunk)) > 0;) check.Add(chunk.AsSpan(0, read));
        }

        check.End();
        if (check.InvalidLine == 0) return utf8;
        string file = Path.GetFileName(path);
        string where = $"line {Shown.Count(check.InvalidLine)} holds the byte 0x{check.InvalidByte:X2}, which is not UTF-8";
        if (check.HasLongSequences || utf8.Encoding.Preamble.Length > 0 || !check.LooksWestern)
        {
            throw new InvalidDataException(
                $"{file}: {where}{(check.HasLongSequences ? ", although other lines are; two files may have been joined" : "")}. " +
                "Save it as UTF-8, or name its encoding, e.g. --encoding windows-1252 (western Europe), windows-1250 (central Europe), windows-1251 (Cyrillic) or shift_jis.");
        }

        return Named("windows-1252") with
        {
            Name = "Windows-1252",
            Reason = $"{where}, and its letters read well so",
            Remark = $"{file} is not UTF-8 ({where}); it is read as Windows-1252. If letters look wrong, name the encoding with --encoding.",
        };
    }

    /// <summary>Looks at all bytes of a file, whatever its size.</summary>
    private sealed class ByteCheck
    {
        private static readonly Encoding Western = System.Text.Encoding.GetEncoding(1252);
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
}
