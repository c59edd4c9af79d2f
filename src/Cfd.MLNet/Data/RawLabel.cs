using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>
/// The label column of the raw training view: D' is handed out as that view with labels turned over, so these are the labels that flip,
/// whatever a preparation makes of them.
/// </summary>
internal static class RawLabel
{
    /// <summary>Its two values, read in a pass of its own.</summary>
    /// <exception cref="InvalidDataException">A value is missing, one too many or the only one.</exception>
    /// <exception cref="ArgumentException">No such column, or one whose favourable value must be named and is not.</exception>
    public static LabelValues Read(IDataView raw, TableColumns columns)
    {
        if (raw.Schema.GetColumnOrNull(columns.Label) is null)
            throw new ArgumentException(
                $"There is no label column '{columns.Label}' in the training view. The columns are: {Columns.Names(raw.Schema)}. " +
                "Where the pipeline makes the label, set LabelColumnName to the column that it makes it of: those are the labels that are turned over.");
        return LabelValues.Read(raw, columns.Label, columns.PositiveLabel);
    }

    /// <summary>
    /// Checks that a preparation keeps the label's meaning: it may write the two values in another type, the favourable one as true or as
    /// the larger number, but not turn them into others.
    /// </summary>
    /// <exception cref="ArgumentException">It does not, or drops rows.</exception>
    public static void RequireKept(IDataView raw, IDataView prepared, string label, LabelValues values)
    {
        if (prepared.Schema.GetColumnOrNull(label) is not { } made) return;
        var own = raw.Schema[label];
        using var rawRows = raw.GetRowCursor([own]);
        using var preparedRows = prepared.GetRowCursor([made]);
        if (ValueReader.Text(preparedRows, made) is not { } madeText) throw Changed(label, values);
        var rawText = ValueReader.RequireText(rawRows, own, "label");
        bool isSameType = own.Type.Equals(made.Type);
        string? negative = null, positive = null;
        while (rawRows.MoveNext())
        {
            if (!preparedRows.MoveNext()) throw Changed(label, values);
            var (from, to) = (rawText(), madeText());
            bool isKept = from == values.PositiveText ? (positive ??= to) == to : (negative ??= to) == to;
            if (!isKept || (isSameType && from != to)) throw Changed(label, values);
        }

        if (negative == positive || !IsFavourable(made.Type, negative!, positive!)) throw Changed(label, values);
    }

    private static bool IsFavourable(DataViewType type, string negative, string positive) => type switch
    {
        BooleanDataViewType => positive == bool.TrueString,
        NumberDataViewType => double.Parse(positive, CultureInfo.InvariantCulture) > double.Parse(negative, CultureInfo.InvariantCulture),
        _ => true,
    };

    private static ArgumentException Changed(string label, LabelValues values) => new(
        $"The preparation changes the label column '{label}', or drops rows. It may write '{values.PositiveText}', the favourable value, as true or as the larger number, and " +
        $"'{values.NegativeText}' as the other, but nothing else: a counterfactual dataset turns these labels of the training view over and is prepared again. " +
        "Set PositiveLabel to the other value, or bring the label into its final form in the training view, before the preparation.");
}
