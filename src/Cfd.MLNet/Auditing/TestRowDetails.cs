using Cfd.MLNet.Data;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>What a report tells of the test rows beside their answers; each by row position.</summary>
/// <param name="Ids">The user's ids, or null where there is no id column.</param>
/// <param name="Labels">Whether the label is positive, null for a row without; or null where there is no label column.</param>
/// <param name="GroupValues">The values of the further group columns.</param>
internal sealed record TestRowDetails(string[]? Ids, bool?[]? Labels, string[][] GroupValues)
{
    private const int MaximumGroups = 50;

    /// <exception cref="ArgumentException">A group column is missing, of a wrong type, or has too many values.</exception>
    public static TestRowDetails Read(IDataView raw, IDataView prepared, TrainingTable table, AuditOptions options)
    {
        string[][] columns = [.. options.GroupByColumnNames.Select(name => GroupColumn(raw, prepared, name))];
        return new TestRowDetails(
            options.RowIdColumnName is { } id ? TryReadTexts(raw, id) ?? TryReadTexts(prepared, id) : null,
            (TryReadTexts(raw, options.LabelColumnName) ?? TryReadTexts(prepared, options.LabelColumnName)) is { } labels ? [.. labels.Select(text => Label(text, table.LabelValues))] : null,
            [.. Enumerable.Range(0, columns.Length == 0 ? 0 : columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())]);
    }

    private static bool? Label(string text, LabelValues values)
        => text == values.PositiveText ? true : text == values.NegativeText ? false : null;

    private static string[] GroupColumn(IDataView raw, IDataView prepared, string name)
    {
        if (raw.Schema.GetColumnOrNull(name) is null) Columns.Find(prepared.Schema, name, "group");
        string[] texts = TryReadTexts(raw, name) ?? TryReadTexts(prepared, name) ?? throw new ArgumentException(
            $"Column '{name}' is of type {(raw.Schema.GetColumnOrNull(name) ?? prepared.Schema[name]).Type}; a group column must be text, a key, Boolean or a number.");
        int groups = texts.Distinct().Count();
        return groups <= MaximumGroups ? texts : throw new ArgumentException(
            $"Column '{name}' has {groups} different values in the test view; a group column has at most {MaximumGroups}. Put them into bins first, e.g. with NormalizeBinning or CustomMapping.");
    }

    /// <summary>The column's values as text; null where there is no such column or it holds neither text nor numbers.</summary>
    private static string[]? TryReadTexts(IDataView view, string name)
    {
        if (view.Schema.GetColumnOrNull(name) is not { } column) return null;
        using var cursor = view.GetRowCursor([column]);
        if (ValueReader.Text(cursor, column) is not { } text) return null;
        var texts = new List<string>();
        while (cursor.MoveNext()) texts.Add(text());
        return [.. texts];
    }
}
