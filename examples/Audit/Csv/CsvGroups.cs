namespace Audit.Csv;

/// <summary>The groups of the protected attribute: each value is one, or the values that --group names against the rest.</summary>
internal static class CsvGroups
{
    private const int MostGroups = 50;

    /// <summary>The group of each row.</summary>
    /// <exception cref="ArgumentException">--group names a value that is not there, or all.</exception>
    /// <exception cref="InvalidDataException">The column has one group only, or too many.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> values, CsvSettings settings)
    {
        string column = settings.Protected;
        if (settings.Group.Count > 0) return NamedAgainstRest(values, settings.Group, column);
        int groups = values.Distinct().Count();
        if (groups is >= 2 and <= MostGroups) return values;
        throw new InvalidDataException(groups == 1
            ? $"Column '{column}' holds '{values[0]}' only; a protected attribute needs two groups."
            : $"Column '{column}' has {groups:N0} values, and each would be a group; up to {MostGroups} are allowed. " +
              $"Name the values of one group with --group, e.g. --group '{values[0]}', or for numbers --group '>=40'.");
    }

    private static string[] NamedAgainstRest(IReadOnlyList<string> values, IReadOnlyList<string> named, string column)
    {
        ValueTest[] tests = [.. named.Select(value => new ValueTest(value))];
        for (int i = 0; i < tests.Length; i++)
        {
            if (!values.Any(tests[i].Holds)) throw new ArgumentException(ColumnValues.NoneHolds("--group", named[i], column, values));
        }

        bool IsMember(string value) => tests.Any(test => test.Holds(value));
        ColumnValues.RequireSome(values, IsMember, "--group", string.Join(",", named), column);
        string group = string.Join("/", named);
        string rest = group == "other" ? "not other" : "other";
        return [.. values.Select(value => IsMember(value) ? group : rest)];
    }
}
