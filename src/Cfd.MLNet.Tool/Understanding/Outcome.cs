using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>Which values of the label are the positive outcome, and what both outcomes are called. Immutable.</summary>
internal sealed class Outcome
{
    private readonly bool[] _isPositive;
    private readonly UnderstoodColumn _column;

    /// <exception cref="ArgumentException">--positive names no value that is there, or all; or a value that equals one but for case is left to the others.</exception>
    /// <exception cref="InvalidDataException">The label has one value only.</exception>
    public Outcome(UnderstoodColumn column, ColumnSettings settings)
    {
        _column = column;
        var values = column.Texts!.Values;
        if (values.Count < 2) throw new InvalidDataException($"The label {Shown.Value(column.Name)} holds {Shown.List([.. values])} only; an outcome needs two values.");
        RequireClear("--positive", settings.Positive, values);
        string[] named = NameList.Split(settings.Positive, values.Contains);
        if (named.Length == 0) throw new ArgumentException($"Say which value of {Shown.Value(column.Name)} is the positive outcome: {Proposals()}.");
        ValueTest[] tests = [.. named.Select(text => new ValueTest(text, settings.IgnoreCase))];
        foreach (var test in tests.Where(test => !values.Any(test.Holds)))
            throw new ArgumentException($"--positive {Shown.Value(test.Text)} holds for no row of column {Shown.Value(column.Name)}. {Hint(test.Text, values)}Its values are {Shown.List([.. values.Order(StringComparer.Ordinal)])}.");
        _isPositive = [.. values.Select(value => tests.Any(test => test.Holds(value)))];
        if (_isPositive.All(isPositive => isPositive)) throw new ArgumentException($"--positive {Shown.List(named)} holds for every row of column {Shown.Value(column.Name)}; it must tell some rows from others.");
        foreach (var same in TextValues.SameButForCase(values))
        {
            string[] positive = [.. same.Where(value => _isPositive[values.Index().First(entry => entry.Item == value).Index])];
            if (positive.Length == 0 || positive.Length == same.Count) continue;
            string[] rest = [.. same.Except(positive)];
            throw new ArgumentException(
                $"--positive {Shown.List(named)} leaves {Shown.List(rest)} ({Shown.Counted(Count(rest), "row")}) of column {Shown.Value(column.Name)} to the negative outcome, although it differs only in case, blanks, invisible characters or a mark at its end. " +
                $"Say --positive {Shown.Argument(string.Join(',', named.Concat(rest)))} if it is positive as well, or --ignore-case.");
        }

        var meant = values.Where((_, code) => _isPositive[code]).ToArray();
        var others = values.Where((_, code) => !_isPositive[code]).ToArray();
        Positive = tests is [{ Meant: { } above }] ? $"{column.Name} {above}" : $"{column.Name} = {string.Join("/", meant)}";
        Negative = tests is [{ Others: { } below }] ? $"{column.Name} {below}" : others.Length == 1 ? $"{column.Name} = {others[0]}" : $"{column.Name} not {string.Join("/", meant)}";
        IsComparison = tests.Any(test => test.Meant is not null);
    }

    /// <summary>Refuses a comparison whose comma may be a decimal mark.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void RequireClear(string option, IEnumerable<string> written, IEnumerable<string> values)
    {
        if (written.FirstOrDefault(text => !values.Contains(text) && ValueTest.IsAmbiguous(text)) is not { } text) return;
        string[] parts = text.Split(',');
        throw new ArgumentException($"{option} {Shown.Value(text)} may be one number with a decimal comma or two values. Write {option} {Shown.Argument($"{parts[0]}.{parts[1]}")} for the number, or {option} {Shown.Argument(parts[0])} {option} {Shown.Argument(parts[1])} for two.");
    }

    /// <summary>Name of the positive outcome, e.g. "hired = yes".</summary>
    public string Positive { get; }

    /// <summary>Name of the negative outcome.</summary>
    public string Negative { get; }

    /// <summary>Whether the outcome is a comparison with a number.</summary>
    public bool IsComparison { get; }

    /// <summary>A sentence where several values count as negative, of which some may be meant otherwise.</summary>
    public IEnumerable<string> Remarks()
    {
        string[] negative = [.. _column.Texts!.Values.Where((_, code) => !_isPositive[code])];
        if (!IsComparison && negative.Length > 1)
            yield return $"{Shown.Counted(negative.Length, "value")} of {Shown.Value(_column.Name)} count as the negative outcome: {Shown.List(negative)}. If one of them is positive, name it with --positive, too; if one means that nothing is known, with --missing.";
    }

    /// <summary>The label's column.</summary>
    public UnderstoodColumn Column => _column;

    /// <summary>Whether a row has a label.</summary>
    public bool HasValue(int row) => _column.Texts!.Codes[row] >= 0;

    /// <summary>Whether a row with a label has the positive one.</summary>
    public bool IsPositive(int row) => _isPositive[_column.Texts!.Codes[row]];

    /// <summary>Whether a value of the label is positive.</summary>
    public bool IsPositiveValue(int code) => _isPositive[code];

    private int Count(string[] of)
    {
        int[] counts = _column.Texts!.Counts(Enumerable.Range(0, _column.Texts.Codes.Count));
        return of.Sum(value => counts[_column.Texts.Values.Index().First(entry => entry.Item == value).Index]);
    }

    private string Proposals()
    {
        var values = _column.Texts!.Values;
        int[] counts = _column.Texts.Counts(Enumerable.Range(0, _column.Texts.Codes.Count));
        if (values.Count > 6) return $"a value, or for numbers a comparison such as --positive '>=10'; it has {Shown.Count(values.Count)} values, e.g. {Shown.List([.. values.Take(3)])}";
        return string.Join(" or ", values.Select((value, code) => $"--positive {Shown.Argument(value)} ({Shown.Counted(counts[code], "row")})"));
    }

    private static string Hint(string text, IEnumerable<string> values)
        => NearNames.Of(text, values).ToArray() is { Length: > 0 } near ? $"Did you mean {string.Join(" or ", near.Select(Shown.Value))}? " : "";
}
