using CsvHelper;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Lists as the command line writes them: between commas, an item with a comma in it in double quotes; the option may stand several times.</summary>
internal static class NameList
{
    /// <summary>The items.</summary>
    public static string[] Split(IEnumerable<string> written) => [.. written.SelectMany(Split)];

    /// <summary>The items, of which those that are known as they stand are not split.</summary>
    public static string[] Split(IEnumerable<string> written, Func<string, bool> isKnown) => [.. written.SelectMany(text => isKnown(text.Trim()) ? [text.Trim()] : Split(text))];

    private static List<string> Split(string text)
    {
        using var csv = CsvReader.FromText(text, new CsvReaderOptions { HasHeader = false, Separator = ',', TrimWhitespace = true, MalformedData = CsvMalformedDataHandling.Recover });
        var items = new List<string>();
        while (csv.Read())
        {
            for (int i = 0; i < csv.FieldCount; i++)
            {
                if (csv.GetString(i) is { Length: > 0 } item) items.Add(item);
            }
        }

        return items;
    }
}
