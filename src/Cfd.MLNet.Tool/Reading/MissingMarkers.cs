namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// What stands for a missing value: nothing at all, and the marks that programs write for it. Some marks are words that can also be a
/// category ("none", "-"): they count as missing only in a column whose other values are numbers or dates. Immutable.
/// </summary>
internal sealed class MissingMarkers
{
    private static readonly string[] Usual = ["NA", "N/A", "#N/A", "#NA", "<NA>", "NaN", "NULL", "(null)", "\\N", "?", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "NaT"];
    private static readonly string[] InNumbers = ["-", "--", "---", ".", "..", "none", "nil", "missing", "unknown", "n.a.", "n.a", "k.A.", "n/k", "not available", "not applicable", "(blank)", "*", "x"];

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _always;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _inNumbers;
    private readonly double[] _numbers;
    private readonly int _longest;
    private readonly bool _hasDigits;

    private MissingMarkers(IReadOnlyCollection<string> always, IReadOnlyCollection<string> inNumbers, IEnumerable<string> asked)
    {
        _always = new HashSet<string>(always, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _inNumbers = new HashSet<string>(inNumbers, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _numbers = [.. asked.Select(Number).Where(double.IsFinite)];
        _hasDigits = always.Any(marker => char.IsAsciiDigit(marker[0]));
        _longest = always.Concat(inNumbers).Select(System.Text.Encoding.UTF8.GetByteCount).Append(0).Max();
    }

    /// <summary>
    /// The usual marks and the user's, without those that the user means as a value. An empty mark among the user's says that the usual
    /// ones are values like others.
    /// </summary>
    public static MissingMarkers Of(IReadOnlyList<string>? asked, IEnumerable<string> meantAsValues)
    {
        string[] own = asked is null ? [] : NameList.Split(asked);
        if (asked is not null && asked.Any(text => text.Trim().Length == 0)) return new MissingMarkers(own, [], own);
        var values = meantAsValues.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new MissingMarkers([.. Usual.Where(marker => !values.Contains(marker)), .. own], [.. InNumbers.Where(marker => !values.Contains(marker))], own);
    }

    /// <summary>Whether a field is missing in any column.</summary>
    public bool IsMissing(ReadOnlySpan<byte> field) => field.Length == 0 || IsIn(_always, field) || IsNamedNumber(field);

    /// <summary>Whether a field is missing in a column of numbers or dates.</summary>
    public bool IsMissingInNumbers(ReadOnlySpan<byte> field) => IsIn(_inNumbers, field);

    private bool IsIn(HashSet<string>.AlternateLookup<ReadOnlySpan<char>> markers, ReadOnlySpan<byte> field)
    {
        if (field.Length > _longest || (!_hasDigits && char.IsAsciiDigit((char)field[0]))) return false;
        Span<char> letters = stackalloc char[field.Length];
        return markers.Contains(letters[..System.Text.Encoding.UTF8.GetChars(field, letters)]);
    }

    private bool IsNamedNumber(ReadOnlySpan<byte> field)
    {
        if (_numbers.Length == 0) return false;
        foreach (char mark in ".,")
        {
            if (NumberText.TryParse(field, mark, out double number) && Array.IndexOf(_numbers, number) >= 0) return true;
        }

        return false;
    }

    private static double Number(string marker)
        => NumberText.TryParse(marker, '.', out double number) || NumberText.TryParse(marker, ',', out number) ? number : double.NaN;
}
