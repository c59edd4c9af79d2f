using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Which columns the user names for what. Immutable.</summary>
internal sealed class ColumnRoles
{
    private readonly IReadOnlyList<NamedColumn> _columns;
    private readonly Dictionary<int, ColumnRole> _roles = [];
    private readonly HashSet<int> _text;
    private readonly HashSet<int> _numbers;
    private readonly Dictionary<int, DateText?> _dates = [];

    /// <exception cref="ArgumentException">An option names a column that is not there, or one column for two roles.</exception>
    public ColumnRoles(IReadOnlyList<NamedColumn> columns, ColumnSettings settings)
    {
        _columns = columns;
        foreach (int column in FindAll(settings.Ignore, "--ignore")) _roles[column] = ColumnRole.Ignored;
        Protected = FindAll(settings.Protected, "--protected", everyTwin: false);
        foreach (int column in Protected) Give(column, ColumnRole.Protected, "--protected");
        if (settings.Label is { } label) Give((Label = Find(label, "--label")).Value, ColumnRole.Label, "--label");
        if (settings.Id is { } id) Give((Id = Find(id, "--id")).Value, ColumnRole.Id, "--id");
        _text = [.. FindAll(settings.Text, "--text")];
        _numbers = [.. FindAll(settings.Number, "--number")];
        foreach (string written in NameList.Split(settings.Date, IsKnown))
        {
            int colon = IsKnown(written) ? -1 : written.IndexOf(':', StringComparison.Ordinal);
            int column = Find(colon < 0 ? written : written[..colon].Trim(), "--date");
            _dates[column] = colon < 0 ? null : DateText.Of(written[(colon + 1)..].Trim());
        }

        foreach (int column in _text.Intersect(_numbers).Concat(_dates.Keys.Intersect(_text.Concat(_numbers))))
            throw new ArgumentException($"Column {Shown.Value(columns[column].Name)} is named by two of --text, --number and --date; it is read as one.");
    }

    /// <summary>Position of the outcome, or null.</summary>
    public int? Label { get; }

    /// <summary>Positions of the protected attributes.</summary>
    public IReadOnlyList<int> Protected { get; }

    /// <summary>Position of the column that names rows, or null.</summary>
    public int? Id { get; }

    /// <summary>What a column is for.</summary>
    public ColumnRole this[int column] => _roles.GetValueOrDefault(column, ColumnRole.Feature);

    /// <summary>The type that the user wants a column to have; null: it is told by its values.</summary>
    public ColumnType? Forced(int column) => _text.Contains(column) ? ColumnType.Text : _numbers.Contains(column) ? ColumnType.Number : _dates.ContainsKey(column) ? ColumnType.Date : null;

    /// <summary>The form of dates that the user names for a column, or null.</summary>
    public DateText? DateForm(int column) => _dates.GetValueOrDefault(column);

    private void Give(int column, ColumnRole role, string option)
    {
        if (_roles.TryAdd(column, role)) return;
        string other = _roles[column] switch { ColumnRole.Ignored => "--ignore", ColumnRole.Protected => "--protected", _ => "--label" };
        throw new ArgumentException($"{option} and {other} both name {Shown.Value(_columns[column].Name)}; a column has one role.");
    }

    private int[] FindAll(IReadOnlyList<string> written, string option, bool everyTwin = true)
    {
        string[] names = [.. NameList.Split(written, IsKnown)];
        if (names.GroupBy(name => Find(name, option)).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{option} names {Shown.Value(_columns[twice.Key].Name)} more than once.");
        return [.. names.SelectMany(name => everyTwin ? FindTwins(name, option) : [Find(name, option)]).Distinct()];
    }

    private bool IsKnown(string name) => _columns.Any(column => column.Name == name || column.Header == name);

    // A name that stands twice in the header means both, but for the one whose own name it is not.
    private IEnumerable<int> FindTwins(string name, string option)
    {
        int found = Find(name, option);
        return _columns.Index().Where(entry => entry.Index == found || (entry.Item.Header == name && name.Length > 0)).Select(entry => entry.Index);
    }

    private int Find(string name, string option)
    {
        for (int index = 0; index < _columns.Count; index++)
        {
            if (_columns[index].Name == name) return index;
        }

        string[] near = [.. NearNames.Of(name, _columns.Select(column => column.Name))];
        string remedy = _columns.Count == 1 ? $"All is read as one column, {Shown.Value(_columns[0].Name)}: name what stands between the fields with --separator." : near.Length > 0 ? $"Did you mean {string.Join(" or ", near.Select(Shown.Value))}?" : $"The columns are {Shown.List([.. _columns.Select(column => column.Name)], 40)}.";
        throw new ArgumentException($"{option} names {Shown.Value(name)}, but there is no such column. {remedy}");
    }
}
