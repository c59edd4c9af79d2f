using System.Text;

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
                : $"{file} is no text: byte {zero + 1} is zero, which text never holds. A table is read from CSV or Parquet; if it is one but for zero bytes, take them out, e.g. tr -d '\\0' < old > new.");
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
}
