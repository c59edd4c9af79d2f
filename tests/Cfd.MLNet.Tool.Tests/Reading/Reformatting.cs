using System.Globalization;
using System.Text;

namespace Cfd.MLNet.Tool.Tests.Reading;

/// <summary>One of the ways in which the same table may be written.</summary>
internal sealed record Reformatting(
    char Separator, char DecimalMark, bool QuotesAll, char Quote, string LineEnd, Encoding Encoding, string Missing, int[] Order, int HeaderCase)
{
    private static readonly string[] Markers = ["", "NA", "?", "NULL", "n/a", "NaN"];

    public static Reformatting Draw(Random random, int columns, bool isWestern)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, isWestern ? Encoding.GetEncoding(1252) : new UTF8Encoding(false)];
        int[] order = [.. Enumerable.Range(0, columns)];
        if (random.Next(2) == 0) random.Shuffle(order);
        return new Reformatting(
            ",;\t|"[random.Next(4)], ".,"[random.Next(2)], random.Next(2) == 0, random.Next(4) == 0 ? '\'' : '"', new[] { "\n", "\r\n", "\r" }[random.Next(3)],
            encodings[random.Next(encodings.Length)], Markers[random.Next(Markers.Length)], order, random.Next(3));
    }

    public string Header(string name) => HeaderCase switch { 0 => name, 1 => name.ToUpperInvariant(), _ => name.ToLowerInvariant() };

    /// <summary>Cells are null (missing), double, or string.</summary>
    public byte[] Write(IReadOnlyList<string> header, IReadOnlyList<object?[]> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(Separator, Order.Select(column => Field(Header(header[column])))).Append(LineEnd);
        foreach (object?[] row in rows) text.AppendJoin(Separator, Order.Select(column => Field(Cell(row[column])))).Append(LineEnd);
        return [.. Encoding.GetPreamble(), .. Encoding.GetBytes(text.ToString())];
    }

    private string Cell(object? cell) => cell switch
    {
        null => Missing,
        double number => number.ToString(CultureInfo.InvariantCulture).Replace('.', DecimalMark),
        _ => (string)cell,
    };

    private string Field(string field)
        => QuotesAll || field.Contains(Separator, StringComparison.Ordinal) || field.Contains(Quote, StringComparison.Ordinal)
            ? $"{Quote}{field.Replace($"{Quote}", $"{Quote}{Quote}", StringComparison.Ordinal)}{Quote}" : field;
}
