using System.Text;
using CsvHelper;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// Reads CSV with CsvHelper. Of three libraries measured on 200,000 rows of 20 columns (29 MB, one core) it takes 70 ms, Sep 90 to 180 and
/// Sylvan.Data.Csv 150 to 530; it alone gives the line a record begins at whatever stands before it, refuses quotes that do not match
/// with the reason, and hands out UTF-8. Sylvan counts records, not lines, and takes a quote inside a field for a letter; Sep takes
/// every quote for a switch, so that one too many swallows the rest of the file without an error. All three read CR alone.
/// </summary>
internal static class CsvInput
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is malformed; the message names the line and the remedy.</exception>
    /// <exception cref="ArgumentException">An option does not fit the file.</exception>
    public static RawTable Read(string path, FormSettings settings)
    {
        string file = Path.GetFileName(path);
        var form = CsvSniffer.Form(path, settings);
        using var stream = Open(path, form);
        using var csv = CsvReader.Create(stream, form.Options(isStrict: true), leaveOpen: true);
        var records = new CsvRecords(file, new FileInfo(path).Length, form, settings);
        try
        {
            while (csv.Read()) records.Add(csv);
        }
        catch (CsvFormatException malformed)
        {
            throw Malformed(path, form, malformed);
        }
        catch (DecoderFallbackException invalid)
        {
            throw NotDecoded(path, form.Encoding, invalid);
        }

        return records.Table();
    }

    /// <summary>The bytes do not fit the encoding that was asked for.</summary>
    public static InvalidDataException NotDecoded(string path, TextEncoding encoding, DecoderFallbackException invalid)
    {
        string bytes = string.Join(' ', (invalid.BytesUnknown ?? []).Select(value => $"0x{value:X2}"));
        return new InvalidDataException($"{Path.GetFileName(path)} holds bytes ({bytes}) that {encoding.Name} does not know; is --encoding right?");
    }

    /// <summary>UTF-8 of the table, without the lines before it.</summary>
    private static LineSkippingStream Open(string path, CsvForm form)
    {
        Stream stream = File.OpenRead(path);
        // Past the byte order mark.
        byte[] mark = form.Encoding.Encoding.GetPreamble();
        byte[] start = new byte[mark.Length];
        stream.ReadAtLeast(start, mark.Length, throwOnEndOfStream: false);
        if (!start.AsSpan().SequenceEqual(mark)) stream.Position = 0;
        if (form.Encoding.Encoding is not UTF8Encoding) stream = Encoding.CreateTranscodingStream(stream, form.Encoding.Encoding, new UTF8Encoding(false, true));
        return new LineSkippingStream(stream, form.SkippedLines);
    }

    private static InvalidDataException Malformed(string path, CsvForm form, CsvFormatException malformed)
    {
        int line = (int)malformed.LineNumber + form.SkippedLines;
        string file = Path.GetFileName(path);
        string reason = malformed.Message.Contains("never closed", StringComparison.Ordinal) ? "a quote opens and is not closed before the end of the file"
            : malformed.Message.Contains("after the closing", StringComparison.Ordinal) ? "text follows a closing quote; a quote inside a quoted field is written twice"
            : "a quote stands inside a field that does not begin with one";
        using var reader = new StreamReader(path, form.Encoding.Encoding);
        string? text = null;
        for (int at = 0; at < line; at++) text = reader.ReadLine();
        return new InvalidDataException(
            $"{file}, line {Shown.Count(line)}: {reason}: {Shown.Value(text ?? "")}. Mend the line, or take quotes for letters like others with --quotes none.");
    }
}
