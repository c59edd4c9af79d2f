using System.Collections;
using System.Globalization;
using System.Text;
using Parquet.Serialization;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Reads Parquet with Parquet.Net, as text, so that one step understands the columns whatever file they come from.</summary>
internal static class ParquetInput
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or has nested columns.</exception>
    public static RawTable Read(string path)
    {
        string file = Path.GetFileName(path);
        var rows = Rows(path, file, out string[] names);
        if (rows.Count == 0) throw new InvalidDataException($"{file} has no rows.");
        RawColumn[] columns = [.. names.Select(_ => new RawColumn())];
        foreach (var row in rows)
        {
            for (int column = 0; column < names.Length; column++)
            {
                object? value = row.GetValueOrDefault(names[column]);
                if (value is IEnumerable and not string)
                    throw new InvalidDataException($"{file}: column {Shown.Value(names[column])} holds lists or records; leave such columns out of the file.");
                columns[column].Add(Encoding.UTF8.GetBytes(Text(value).Trim()));
            }
        }

        var remarks = new List<string>();
        var form = new FileForm([new FormFact("format", "Parquet", "the file's first bytes")], null, "row");
        return new RawTable(file, HeaderNames.Name(names, columns, remarks), [.. Enumerable.Range(1, rows.Count)], form, remarks);
    }

    private static List<Dictionary<string, object?>> Rows(string path, string file, out string[] names)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var read = ParquetSerializer.DeserializeUntypedAsync(stream).GetAwaiter().GetResult();
            names = [.. read.Schema.Fields.Select(field => field.Name)];
            return [.. read.Data.Select(row => row.ToDictionary(entry => entry.Key, entry => (object?)entry.Value))];
        }
        catch (Exception damaged) when (damaged is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            throw new InvalidDataException($"{file} begins like a Parquet file, but cannot be read as one: {damaged.Message}");
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
