using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Which rows have all values that the audit needs, and what dropping the others does to the outcomes. Immutable.</summary>
internal sealed class Completeness
{
    private const int FewestRows = 10;
    private const double Noticed = 0.05;
    private const double Refused = 0.5;

    /// <exception cref="InvalidDataException">Too few rows are complete, or more than half would be dropped and nobody said so.</exception>
    public Completeness(UnderstoodTable table, Outcome outcome, Groups groups, ColumnSettings settings)
    {
        UnderstoodColumn[] features = [.. table.Features.Where(column => column.Missing > 0)];
        IReadOnlyList<UnderstoodColumn> needed = settings.Fill ? [] : features;
        Filled = settings.Fill ? features : [];
        int rows = table.Source.Rows;
        var kept = new List<int>(rows);
        var lacking = new Dictionary<string, int>();
        for (int row = 0; row < rows; row++)
        {
            bool isComplete = Has(outcome.HasValue(row), outcome.Column.Name) & Has(groups[row] is not null, groups.Name);
            foreach (var column in needed) isComplete &= Has(!column.IsMissing(row), column.Name);
            if (isComplete) kept.Add(row);
        }

        Rows = kept;
        Dropped = rows - kept.Count;
        string read = table.Source.Tables.Count == 1 ? Shown.Counted(rows, "row") : $"{Shown.Counted(rows, "row")} in {table.Source.Tables.Count} files";
        string filled = Filled.Count == 0 ? "" : $" Missing values are filled (--fill), numbers by the mean and told to the model by an input of their own, texts by a value \"missing\": {string.Join(", ", Filled.Take(12).Select(column => $"{column.Name} {Shown.Count(column.Missing)}"))}{(Filled.Count > 12 ? $" and {Filled.Count - 12} more" : "")}.";
        if (Dropped == 0)
        {
            Remark = $"{read}, {(Filled.Count == 0 ? "none with a missing value" : "none dropped")}.{filled}";
            return;
        }

        var (worst, count) = lacking.MaxBy(entry => entry.Value);
        string ways = Ways(features, worst, rows);
        Remark = $"{read}, of which {Shown.Count(Dropped)} ({Shown.Share(Dropped, rows)}) are dropped for a missing value; {Shown.Value(worst)} lacks most, {Shown.Count(count)}.{filled}";
        if (Rows.Count < FewestRows) throw new InvalidDataException($"{Remark} {Shown.Counted(Rows.Count, "row")} are left; {FewestRows} or more are needed for a training, a validation and a held-out part. {ways}.");
        if (Dropped > Refused * rows && !settings.DropIncomplete)
            throw new InvalidDataException($"{Remark} That is more than half, so what is left may be another population. {ways}; or say --drop-incomplete if dropping them is right.");
        if (Dropped <= Noticed * rows) return;
        IsWarning = true;
        Remark += $" {ways}.";
        int[] labelled = [.. Enumerable.Range(0, rows).Where(row => outcome.HasValue(row) && groups[row] is not null)];
        Shares = [.. groups.Names.Select(group => new GroupShare(group, Share(labelled.Where(row => groups[row] == group)), Share(Rows.Where(row => groups[row] == group))))];

        bool Has(bool hasValue, string column)
        {
            if (!hasValue) lacking[column] = lacking.GetValueOrDefault(column) + 1;
            return hasValue;
        }

        (int Rows, int Positive) Share(IEnumerable<int> of)
        {
            int[] all = [.. of];
            return (all.Length, all.Count(outcome.IsPositive));
        }
    }

    private static string Ways(UnderstoodColumn[] features, string worst, int rows)
    {
        UnderstoodColumn[] lacking = [.. features.Where(column => column.Missing > Noticed * rows || column.Name == worst).OrderByDescending(column => column.Missing)];
        if (!features.Any(column => column.Name == worst)) return $"Rows without {Shown.Value(worst)} cannot be audited";
        string others = lacking.Length > 1 ? $"Columns that lack many: {string.Join(", ", lacking.Take(12).Select(column => $"{column.Name} {Shown.Count(column.Missing)}"))}. " : "";
        string names = Shown.Argument(string.Join(',', lacking.Select(column => column.Name.Contains(',', StringComparison.Ordinal) ? $"\"{column.Name}\"" : column.Name)));
        return $"{others}Ways out: --ignore {names}, or --fill to put a value in place of missing ones; where a marker such as NA is a value like others, --missing '' takes the empty field alone";
    }

    /// <summary>The rows that are kept, in the order of the files.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>How many are not.</summary>
    public int Dropped { get; }

    /// <summary>Features whose missing values are filled.</summary>
    public IReadOnlyList<UnderstoodColumn> Filled { get; }

    /// <summary>A sentence on what was dropped.</summary>
    public string Remark { get; }

    /// <summary>Whether so many rows were dropped that people must look at it.</summary>
    public bool IsWarning { get; }

    /// <summary>Rows and positive outcomes of each group, before and after; empty unless <see cref="IsWarning"/>.</summary>
    public IReadOnlyList<GroupShare> Shares { get; } = [];
}

/// <summary>A group before and after incomplete rows are dropped.</summary>
internal sealed record GroupShare(string Group, (int Rows, int Positive) Before, (int Rows, int Positive) After);
