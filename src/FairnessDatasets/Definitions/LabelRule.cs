using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>Ways to read a row's label; true is the favourable outcome.</summary>
internal static class LabelRule
{
    /// <summary>A column of codes, each favourable or unfavourable; any other value is malformed.</summary>
    public static Func<SourceRow, bool> Codes(string column, string[] favourable, string[] unfavourable)
    {
        var codes = favourable.ToDictionary(code => code, _ => true);
        foreach (string code in unfavourable)
            codes.Add(code, false);
        return row => row.Decode(column, codes);
    }
}
