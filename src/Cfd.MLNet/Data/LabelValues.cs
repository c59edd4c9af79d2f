using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>
/// The two values of a label column as numbers (see <see cref="ValueReader.Number"/>) and as text; the positive one is what the
/// network's logit above 0 stands for.
/// </summary>
internal sealed record LabelValues(double Negative, double Positive, string NegativeText, string PositiveText)
{
    /// <summary>Finds which of the values seen is positive: the option's, else true, the larger number, the second key.</summary>
    /// <remarks>seen: the distinct values and the first row of each, ascending by value; one or two of them.</remarks>
    /// <exception cref="InvalidDataException">One value only.</exception>
    /// <exception cref="ArgumentException">The option names no value that occurs.</exception>
    public static LabelValues Resolve(DataViewSchema.Column column, SortedDictionary<double, long> seen, string? positiveLabel)
    {
        string[]? keyNames = column.Type is KeyDataViewType ? ValueReader.KeyNames(column) : null;
        string[] texts = [.. seen.Keys.Select(Text)];
        if (texts.Length < 2)
        {
            throw new InvalidDataException(
                $"Column '{column.Name}' holds one value only ('{texts[0]}'); a label needs exactly two. " +
                "Check the label column, and filters that may have left one class.");
        }

        var (low, high) = (seen.Keys.First(), seen.Keys.Last());
        if (positiveLabel is null || positiveLabel == texts[1]) return new LabelValues(low, high, texts[0], texts[1]);
        if (positiveLabel == texts[0]) return new LabelValues(high, low, texts[1], texts[0]);
        throw new ArgumentException(
            $"PositiveLabel is '{positiveLabel}', but column '{column.Name}' holds '{texts[0]}' and '{texts[1]}'; name one of them.");

        string Text(double value) => column.Type is BooleanDataViewType ? (value != 0 ? bool.TrueString : bool.FalseString)
            : keyNames is not null && value >= 1 && value <= keyNames.Length ? keyNames[(int)value - 1]
            : ValueReader.NumberText(value, column.Type.RawType);
    }
}
