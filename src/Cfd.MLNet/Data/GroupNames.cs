namespace Cfd.MLNet.Data;

/// <summary>The groups of the protected attribute, numbered in ordinal order of their names.</summary>
internal sealed class GroupNames
{
    private const int Shown = 10;
    private readonly string[] _names;

    public GroupNames(IEnumerable<string> names)
    {
        _names = [.. names.Distinct()];
        Array.Sort(_names, StringComparer.Ordinal);
    }

    public int Count => _names.Length;

    public string this[int group] => _names[group];

    public IReadOnlyList<string> All => _names;

    /// <summary>The names for a message: the first ten, and how many more there are.</summary>
    public string Listed => _names.Length <= Shown
        ? string.Join(", ", _names)
        : $"{string.Join(", ", _names.Take(Shown))} and {_names.Length - Shown} more";

    /// <summary>The number of a group, or -1 where the training data has no such group.</summary>
    public int IndexOf(string name)
    {
        int index = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        return index < 0 ? -1 : index;
    }
}
