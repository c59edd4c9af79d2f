using System.Text;
using CsvHelper;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>The first lines of a file, by which its form is told. Immutable.</summary>
internal sealed class CsvSample
{
    private const int MostBytes = 1 << 17;
    private const int MostRecords = 1000;

    private readonly string _text;
    private readonly Dictionary<(char, char?, char?, int), IReadOnlyList<string[]>> _records = [];

    private CsvSample(string text) => _text = text;

    /// <summary>Whole lines from the start of the file.</summary>
    /// <exception cref="InvalidDataException">The bytes do not fit the encoding.</exception>
    public static CsvSample Read(string path, TextEncoding encoding)
    {
        using var reader = new StreamReader(path, encoding.Encoding, detectEncodingFromByteOrderMarks: true);
        char[] letters = new char[MostBytes];
        int length;
        try
        {
            length = reader.ReadBlock(letters);
        }
        catch (DecoderFallbackException invalid)
        {
            throw CsvInput.NotDecoded(path, encoding, invalid);
        }

        string text = new(letters, 0, length);
        int end = length == MostBytes ? text.LastIndexOfAny(['\n', '\r']) : length;
        return new CsvSample(end > 0 ? text[..end] : text);
    }

    /// <summary>The lines as they stand, at most so many.</summary>
    public IReadOnlyList<string> Lines(int most)
    {
        using var reader = new StringReader(_text);
        var lines = new List<string>();
        while (lines.Count < most && reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }

    /// <summary>Whether a letter occurs.</summary>
    public bool Contains(char letter) => _text.Contains(letter, StringComparison.Ordinal);

    /// <summary>The records of a form, without lines that hold nothing.</summary>
    public IReadOnlyList<string[]> Records(CsvForm form)
    {
        var key = (form.Separator, form.Quote, form.Comment, form.SkippedLines);
        if (_records.TryGetValue(key, out var known)) return known;
        using var records = CsvReader.FromText(_text[Start(form.SkippedLines)..], form.Options(isStrict: false));
        var rows = new List<string[]>();
        while (rows.Count < MostRecords && records.Read())
        {
            string[] fields = new string[records.FieldCount];
            for (int i = 0; i < fields.Length; i++) fields[i] = records.GetString(i).Trim();
            if (fields.Any(field => field.Length > 0)) rows.Add(fields);
        }

        return _records[key] = rows;
    }

    /// <summary>Where the text begins behind so many lines.</summary>
    private int Start(int lines)
    {
        int at = 0;
        for (; lines > 0 && at < _text.Length; lines--)
        {
            int end = _text.AsSpan(at).IndexOfAny('\n', '\r');
            if (end < 0) return _text.Length;
            at += end + (_text.AsSpan(at + end).StartsWith("\r\n") ? 2 : 1);
        }

        return at;
    }
}
