using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>A table that is ready to be audited: outcome, groups and complete rows are settled. Immutable.</summary>
internal sealed class AuditTable
{
    // A text a row: not before somebody asks.
    private readonly Lazy<IReadOnlyList<string>> _rowNames;

    /// <exception cref="ArgumentException">A role is not named, or its values do not fit.</exception>
    /// <exception cref="InvalidDataException">Groups, labels or rows do not suffice.</exception>
    public AuditTable(UnderstoodTable table, ColumnSettings settings)
    {
        Table = table;
        if (table.Label is not { } label) throw new ArgumentException($"Say which column is the outcome with --label. {Candidates(table)}");
        if (table.Protected.Count == 0) throw new ArgumentException($"Say which column is the protected attribute with --protected. {Candidates(table)}");
        foreach (var column in table.Protected.Prepend(label)) RequireValues(column);
        Outcome = new Outcome(label, settings);
        Groups = new Groups(table.Protected, settings);
        if (table.Features.Count == 0) throw new ArgumentException($"No column is left as a feature{(table.Columns.Any(column => column.Role == ColumnRole.LeftOut) ? $"; left out were {Shown.List([.. table.Columns.Where(column => column.Role == ColumnRole.LeftOut).Select(column => column.Name)])}, and --number or --text brings one back" : "")}.");
        Complete = new Completeness(table, Outcome, Groups, settings);
        if (Complete.Rows.All(Outcome.IsPositive) || !Complete.Rows.Any(Outcome.IsPositive))
            throw new InvalidDataException($"All complete rows have the same outcome, {Outcome.Positive} or not. {Complete.Remark}");
        RequireBothParts();
        Warnings = [.. Outcome.Remarks(), .. LeakCheck.Remarks(table, Outcome, Groups, Complete.Rows), .. RareValues.Remarks(Outcome, Groups, Complete.Rows)];
        _rowNames = new Lazy<IReadOnlyList<string>>(NamesOfRows);
    }

    /// <summary>The table.</summary>
    public UnderstoodTable Table { get; }

    /// <summary>The outcome.</summary>
    public Outcome Outcome { get; }

    /// <summary>The groups.</summary>
    public Groups Groups { get; }

    /// <summary>The rows that are kept.</summary>
    public Completeness Complete { get; }

    /// <summary>A sentence for each column that alone tells the label, and for each group and label value of a row or two.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What names the kept rows, in their order; no two alike.</summary>
    public IReadOnlyList<string> RowNames => _rowNames.Value;

    /// <summary>What stands before a row's name, e.g. "line".</summary>
    public string RowWord => Table.Id?.Name ?? Table.Source.Tables[0].Form.RowWord;

    /// <summary>Held-out rows from a file of their own may write the label in other words.</summary>
    private void RequireBothParts()
    {
        var source = Table.Source;
        if (source.TestFrom >= source.Rows) return;
        foreach (bool isTest in (bool[])[false, true])
        {
            int[] rows = [.. Complete.Rows.Where(row => row >= source.TestFrom == isTest)];
            if (rows.Length == 0 || rows.Any(Outcome.IsPositive)) continue;
            string[] values = [.. rows.Select(row => Outcome.Column.Texts!.Values[Outcome.Column.Texts.Codes[row]]).Distinct().Order(StringComparer.Ordinal)];
            throw new ArgumentException(
                $"No row of the {(isTest ? "held-out" : "training")} file has the positive outcome {Outcome.Positive}; its values of {Shown.Value(Outcome.Column.Name)} are {Shown.List(values)}. Name all words for it with --positive A,B, or write the files alike.");
        }
    }

    private static void RequireValues(UnderstoodColumn column)
    {
        if (column.Texts is null)
            throw new InvalidDataException($"Column {Shown.Value(column.Name)} holds no value in any row: all are empty or stand for a missing one. Name another column; --missing says which values stand for a missing one.");
    }

    private string[] NamesOfRows()
    {
        if (Table.Id?.Texts is not { } ids) return [.. Complete.Rows.Select(Table.Source.RowName)];
        int[] counts = ids.Counts(Complete.Rows);
        return [.. Complete.Rows.Select(row => ids.Codes[row] is >= 0 and var code ? counts[code] == 1 ? ids.Values[code] : $"{ids.Values[code]} (line {Table.Source.RowName(row)})" : $"(line {Table.Source.RowName(row)})")];
    }

    private static string Candidates(UnderstoodTable table)
    {
        string[] few = [.. table.Columns.Where(column => column.Distinct is >= 2 and <= 10).Select(column => column.Name)];
        return few.Length > 0 ? $"Columns with few values are {Shown.List(few)}; cfd inspect shows all." : "cfd inspect shows the columns.";
    }
}
