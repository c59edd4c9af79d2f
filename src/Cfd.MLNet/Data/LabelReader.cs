using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Reads a label column of bool, key or number and gathers which values occur.</summary>
internal sealed class LabelReader
{
    private readonly DataViewSchema.Column _column;
    private readonly Func<double> _value;

    /// <exception cref="ArgumentException">The column is of a type that cannot be a label.</exception>
    public LabelReader(DataViewRow row, DataViewSchema.Column column)
    {
        _column = column;
        _value = ValueReader.Number(row, column) ?? throw WrongType(column);
    }

    /// <summary>Distinct values so far and the row each was first seen in.</summary>
    public SortedDictionary<double, long> Seen { get; } = [];

    /// <exception cref="InvalidDataException">Missing, or a third value.</exception>
    public double Read(long row)
    {
        double value = _value();
        if (double.IsNaN(value) || (_column.Type is KeyDataViewType && value == 0))
            throw new InvalidDataException(
                $"Column '{_column.Name}' row {row}: the label is missing. Drop rows without a label, e.g. with FilterRowsByMissingValues.");
        if (Seen.TryAdd(value, row) && Seen.Count > 2)
        {
            throw new InvalidDataException(
                $"Column '{_column.Name}' row {row} holds {ValueReader.NumberText(value, _column.Type.RawType)}, a third label value. " +
                "More than two classes are not supported: map the label to two values first, e.g. with Transforms.Conversion.MapValue.");
        }

        return value;
    }

    private static ArgumentException WrongType(DataViewSchema.Column column) => new(
        $"Column '{column.Name}' is of type {column.Type}; a label must be Boolean, a key or a number with two values. " +
        "Turn text into a key with Transforms.Conversion.MapValueToKey.");
}
