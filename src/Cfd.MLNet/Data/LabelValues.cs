using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>
/// The two values of a label column as numbers (see <see cref="LabelReader"/>) and as text; the positive one, favourable, is what the
/// network's logit above 0 stands for.
/// </summary>
internal sealed record LabelValues(double Negative, double Positive, string NegativeText, string PositiveText)
{
    /// <summary>The two values of a view's label column, read in a pass of its own.</summary>
    /// <exception cref="InvalidDataException">A value is missing, one too many or the only one.</exception>
    /// <exception cref="ArgumentException">No such column, or one whose favourable value must be named and is not.</exception>
    public static LabelValues Read(IDataView view, string labelColumn, string? positiveLabel)
    {
        var column = Columns.Find(view.Schema, labelColumn, "label");
        using var cursor = view.GetRowCursor([column]);
        var reader = new LabelReader(cursor, column);
        for (long row = 0; cursor.MoveNext(); row++) reader.Read(row);
        return Resolve(column, reader.Seen, positiveLabel);
    }

    /// <summary>
    /// Finds which of the values seen is positive: the option's, else true or the larger number. Keys and texts have no order of their own (keys
    /// are numbered as they first occur), so theirs must be named.
    /// </summary>
    /// <exception cref="InvalidDataException">One value only, or none.</exception>
    /// <exception cref="ArgumentException">The option names no value that occurs, or none where one must be named.</exception>
    public static LabelValues Resolve(DataViewSchema.Column column, IReadOnlyList<LabelValue> seen, string? positiveLabel)
    {
        if (seen.Count < 2)
        {
            throw new InvalidDataException(
                $"Column '{column.Name}' holds {(seen.Count == 0 ? "no value" : $"one value only ('{seen[0].Text}')")}; a label needs exactly two. " +
                "Check the label column, and filters that may have left one class.");
        }

        bool isNamed = column.Type is KeyDataViewType or TextDataViewType;
        // Named values are listed in the order of their texts, which no row's place can change.
        LabelValue[] values = [.. isNamed ? seen.OrderBy(value => value.Text, StringComparer.Ordinal) : seen.OrderBy(value => value.Value)];
        var (low, high) = (values[0], values[1]);
        if (positiveLabel is null && isNamed)
            throw new ArgumentException(
                $"Column '{column.Name}' is {(column.Type is TextDataViewType ? "text" : "a key")} with the values '{low.Text}' and '{high.Text}', which do not tell which of them is favourable. " +
                $"Set PositiveLabel to \"{low.Text}\" or to \"{high.Text}\" in the options.");
        if (positiveLabel is null || positiveLabel == high.Text) return new LabelValues(low.Value, high.Value, low.Text, high.Text);
        if (positiveLabel == low.Text) return new LabelValues(high.Value, low.Value, high.Text, low.Text);
        throw new ArgumentException(
            $"PositiveLabel is '{positiveLabel}', but column '{column.Name}' holds '{low.Text}' and '{high.Text}'; name one of them.");
    }
}
