namespace Audit.Csv;

/// <summary>What each column of a file is for; the features are the rest. Immutable.</summary>
internal sealed class CsvRoles
{
    /// <exception cref="ArgumentException">An option names a column that is not there, or one column for two roles.</exception>
    public CsvRoles(CsvTable table, CsvSettings settings)
    {
        Label = table.IndexOf(settings.Label, "--label");
        Protected = table.IndexOf(settings.Protected, "--protected");
        var ignored = settings.Ignore.Select(column => table.IndexOf(column, "--ignore")).ToHashSet();
        if (Label == Protected)
            throw new ArgumentException($"--label and --protected both name '{settings.Label}'; the outcome and the protected attribute are two columns.");
        if (ignored.Contains(Label)) throw new ArgumentException($"--ignore names '{settings.Label}', which is needed as --label.");
        if (ignored.Contains(Protected)) throw new ArgumentException($"--ignore names '{settings.Protected}', which is needed as --protected.");
        Used = [.. Enumerable.Range(0, table.Columns.Count).Where(column => !ignored.Contains(column))];
        Features = [.. Used.Where(column => column != Label && column != Protected)];
        if (Features.Count == 0) throw new ArgumentException("No column is left as a feature; ignore fewer.");
    }

    /// <summary>Position of the outcome.</summary>
    public int Label { get; }

    /// <summary>Position of the protected attribute.</summary>
    public int Protected { get; }

    /// <summary>Positions of the features, the protected attribute apart.</summary>
    public IReadOnlyList<int> Features { get; }

    /// <summary>Positions of all columns that are not ignored.</summary>
    public IReadOnlyList<int> Used { get; }
}
