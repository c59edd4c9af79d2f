using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>The groups of the protected attributes: each value is one, or the values that --group names against the rest; several attributes are crossed. Immutable.</summary>
internal sealed class Groups
{
    private const int Most = 50;

    private readonly string?[] _ofRow;

    /// <exception cref="ArgumentException">--group names a value that is not there, or all.</exception>
    /// <exception cref="InvalidDataException">There is one group only, too many, or two that differ only in case.</exception>
    public Groups(IReadOnlyList<UnderstoodColumn> columns, ColumnSettings settings)
    {
        Name = string.Join(" x ", columns.Select(column => column.Name));
        Outcome.RequireClear("--group", settings.Group, columns.SelectMany(column => column.Texts!.Values));
        string[] named = NameList.Split(settings.Group, text => columns.Any(column => column.Texts!.Values.Contains(text)));
        ValueTest[] tests = [.. named.Select(text => new ValueTest(text, settings.IgnoreCase))];
        foreach (var test in tests.Where(test => !columns.Any(column => column.Texts!.Values.Any(test.Holds))))
        {
            string[] values = [.. columns.SelectMany(column => column.Texts!.Values).Distinct().Order(StringComparer.Ordinal)];
            string near = NearNames.Of(test.Text, values).ToArray() is { Length: > 0 } found ? $"Did you mean {string.Join(" or ", found.Select(Shown.Value))}? " : "";
            throw new ArgumentException($"--group {Shown.Value(test.Text)} holds for no row of column {Shown.Value(Name)}. {near}Its values are {Shown.List(values)}.");
        }

        string[][] names = [.. columns.Select(column => NamesOf(column, [.. tests.Where(test => column.Texts!.Values.Any(test.Holds))]))];
        _ofRow = OfRows(columns, names);
        Names = [.. _ofRow.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (Names.Count < 2) throw new InvalidDataException($"Column {Shown.Value(Name)} holds {Shown.List([.. Names])} only; a protected attribute needs two groups.");
        if (Names.Count > Most)
        {
            string example = columns[0].Texts!.Values[0];
            throw new InvalidDataException(
                $"Column {Shown.Value(Name)} has {Shown.Count(Names.Count)} values, and each would be a group; up to {Most} are allowed. " +
                $"Name the values of one group with --group, e.g. --group {Shown.Argument(example)}, or for numbers --group '>=40'.");
        }

        if (TextValues.SameButForCase(Names).FirstOrDefault() is { } same)
        {
            throw new InvalidDataException(
                $"The groups {Shown.List([.. same])} of column {Shown.Value(Name)} differ only in case, blanks, invisible characters or a mark at their ends. Say --ignore-case to take as one what differs in case or blanks, or name the values of one group with --group {Shown.Argument(string.Join(',', same))}.");
        }

        IsCompared = tests.Any(test => test.Meant is not null);
    }

    /// <summary>The attribute's name; of several attributes their names.</summary>
    public string Name { get; }

    /// <summary>The groups, in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether groups are made of a numeric attribute by a comparison.</summary>
    public bool IsCompared { get; }

    /// <summary>The group of a row; null: a value is missing.</summary>
    public string? this[int row] => _ofRow[row];

    /// <summary>The group of each row: one text a group, not one a row.</summary>
    private static string?[] OfRows(IReadOnlyList<UnderstoodColumn> columns, string[][] names)
    {
        string?[] groups = [.. columns[0].Texts!.Codes.Select(code => code < 0 ? null : names[0][code])];
        var crossed = new Dictionary<(string, string), string>();
        foreach (var (column, own) in columns.Zip(names).Skip(1))
        {
            for (int row = 0; row < groups.Length; row++)
            {
                int code = column.Texts!.Codes[row];
                if (code < 0) groups[row] = null;
                if (groups[row] is not { } left) continue;
                if (!crossed.TryGetValue((left, own[code]), out string? both)) crossed.Add((left, own[code]), both = $"{left} / {own[code]}");
                groups[row] = both;
            }
        }

        return groups;
    }

    /// <summary>For each value of a column, the name of its group.</summary>
    private static string[] NamesOf(UnderstoodColumn column, ValueTest[] tests)
    {
        var values = column.Texts!.Values;
        if (tests.Length == 0) return [.. values];
        bool IsMember(string value) => tests.Any(test => test.Holds(value));
        string[] rest = [.. values.Where(value => !IsMember(value))];
        if (rest.Length == 0) throw new ArgumentException($"--group {Shown.List([.. tests.Select(test => test.Text)])} holds for every row of column {Shown.Value(column.Name)}; it must tell some rows from others.");
        if (tests is [{ Meant: { } meant, Others: { } others }]) return [.. values.Select(value => $"{column.Name} {(IsMember(value) ? meant : others)}")];
        string[] members = [.. values.Where(IsMember)];
        foreach (var same in TextValues.SameButForCase(values).Where(same => same.Any(IsMember) && !same.All(IsMember)))
        {
            throw new ArgumentException(
                $"--group leaves {Shown.List([.. same.Where(value => !IsMember(value))])} of column {Shown.Value(column.Name)} to the other group, although it differs from {Shown.List([.. same.Where(IsMember)])} only in case, blanks, invisible characters or a mark at its end. Name it as well, or say --ignore-case.");
        }

        string group = string.Join("/", members);
        string other = rest.Length == 1 ? rest[0] : $"not {group}";
        return [.. values.Select(value => IsMember(value) ? group : other)];
    }
}
