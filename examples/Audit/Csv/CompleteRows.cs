namespace Audit.Csv;

/// <summary>The rows of a file without a missing value, and what was dropped. Immutable.</summary>
internal sealed class CompleteRows
{
    private const int FewestRows = 10;

    /// <exception cref="InvalidDataException">Too few rows are complete.</exception>
    public CompleteRows(CsvTable table, IReadOnlyList<int> used, IReadOnlyCollection<string> missing)
    {
        bool IsMissing(string field) => field.Length == 0 || missing.Contains(field);
        var complete = table.Rows.ToLookup(row => !used.Any(column => IsMissing(row.Fields[column])));
        Rows = [.. complete[true]];
        if (Rows.Count < FewestRows && Rows.Count > 0)
            throw new InvalidDataException(
                $"Only {Rows.Count} complete row(s); {FewestRows} or more are needed for a training, a validation and a held-out part.");
        int dropped = table.Rows.Count - Rows.Count;
        if (dropped == 0)
        {
            Remark = $"{table.Rows.Count:N0} rows, none with a missing value.";
            return;
        }

        var (worst, count) = used.Select(column => (column, complete[false].Count(row => IsMissing(row.Fields[column])))).MaxBy(column => column.Item2);
        Remark = $"{table.Rows.Count:N0} rows, of which {dropped:N0} are dropped for a missing value; '{table.Columns[worst]}' lacks most, {count:N0}.";
        if (Rows.Count == 0)
            throw new InvalidDataException($"{Remark} Nothing is left: leave such columns out with --ignore.");
    }

    /// <summary>The complete rows, in file order.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>A sentence on what was read and dropped.</summary>
    public string Remark { get; }

    /// <summary>One column's fields.</summary>
    public IReadOnlyList<string> Fields(int column) => [.. Rows.Select(row => row.Fields[column])];
}
