namespace Audit.Csv;

/// <summary>The values of a column, in messages.</summary>
internal static class ColumnValues
{
    private const int MostListed = 20;

    /// <summary>Some rows must be meant, and not all.</summary>
    /// <exception cref="ArgumentException">All rows are meant, or none is.</exception>
    public static void RequireSome(IReadOnlyList<string> values, Func<string, bool> isMeant, string option, string test, string column)
    {
        var meant = values.Select(isMeant).ToHashSet();
        if (meant.Count == 2) return;
        throw new ArgumentException(meant.Contains(true)
            ? $"{option} '{test}' holds for every row of column '{column}'; it must tell some rows from others."
            : NoneHolds(option, test, column, values));
    }

    /// <summary>Says which values there are instead.</summary>
    public static string NoneHolds(string option, string test, string column, IEnumerable<string> values)
        => $"{option} '{test}' holds for no row of column '{column}'. Its values are: {List([.. values.Distinct().Order(StringComparer.Ordinal)])}.";

    /// <summary>The first values, and how many more there are.</summary>
    public static string List(IReadOnlyList<string> values)
        => string.Join(", ", values.Take(MostListed)) + (values.Count > MostListed ? $" and {values.Count - MostListed:N0} more" : "");
}
