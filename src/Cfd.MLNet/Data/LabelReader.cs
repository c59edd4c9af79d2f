using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Reads a label column of bool, key, number or text and gathers which values occur.</summary>
internal sealed class LabelReader
{
    private readonly DataViewSchema.Column _column;
    private readonly string[]? _keyNames;
    private readonly List<string> _texts = [];
    private readonly List<LabelValue> _seen = [];
    private readonly Func<double> _value;

    /// <exception cref="ArgumentException">The column is of a type that cannot be a label.</exception>
    public LabelReader(DataViewRow row, DataViewSchema.Column column)
    {
        _column = column;
        _keyNames = column.Type is KeyDataViewType ? ValueReader.KeyNames(column) : null;
        _value = (column.Type is TextDataViewType ? Coded(ValueReader.Text(row, column)!) : ValueReader.Number(row, column)) ?? throw WrongType(column);
    }

    /// <summary>Distinct values so far, as they came.</summary>
    public IReadOnlyList<LabelValue> Seen => _seen;

    /// <summary>The current row's label as a number; text as the place of its value in <see cref="Seen"/>.</summary>
    /// <exception cref="InvalidDataException">Missing, or a third value.</exception>
    public double Read(long row)
    {
        double value = _value();
        if (double.IsNaN(value) || (_column.Type is KeyDataViewType && value == 0))
            throw new InvalidDataException(
                $"Column '{_column.Name}' row {row}: the label is missing. Drop rows without a label, e.g. with FilterRowsByMissingValues.");
        foreach (var seen in _seen)
        {
            if (seen.Value == value) return value;
        }

        if (_seen.Count == 2)
        {
            throw new InvalidDataException(
                $"Column '{_column.Name}' row {row} holds {Text(value)}, a third label value beside '{_seen[0].Text}' and '{_seen[1].Text}'. " +
                "More than two classes are not supported: map the label to two values first, e.g. with Transforms.Conversion.MapValue.");
        }

        _seen.Add(new LabelValue(value, Text(value), row));
        return value;
    }

    /// <summary>Text by its place among the values seen, "" as missing; a value not seen yet becomes the next.</summary>
    private Func<double> Coded(Func<string> text) => () =>
    {
        string value = text();
        if (value.Length == 0) return double.NaN;
        int place = _texts.IndexOf(value);
        if (place >= 0) return place;
        _texts.Add(value);
        return _texts.Count - 1;
    };

    private string Text(double value) => _column.Type is TextDataViewType ? _texts[(int)value]
        : _column.Type is BooleanDataViewType ? (value != 0 ? bool.TrueString : bool.FalseString)
        : _keyNames is not null && value >= 1 && value <= _keyNames.Length ? _keyNames[(int)value - 1]
        : ValueReader.NumberText(value, _column.Type.RawType);

    private static ArgumentException WrongType(DataViewSchema.Column column) => new(
        $"Column '{column.Name}' is of type {column.Type}; a label must be Boolean, a key, text or a number, with two values.");
}

/// <summary>A value of a label column.</summary>
/// <param name="Value">As a number.</param>
/// <param name="Text">As text.</param>
/// <param name="FirstRow">The first row that holds it.</param>
internal sealed record LabelValue(double Value, string Text, long FirstRow);
