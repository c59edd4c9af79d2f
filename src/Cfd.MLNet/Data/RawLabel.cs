using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>
/// D' is handed out as the raw training view with labels turned over, so the label that training reads must be the raw one.
/// </summary>
internal static class RawLabel
{
    /// <exception cref="ArgumentException">The preparation makes or changes the label.</exception>
    public static void RequireUntouched(IDataView raw, IDataView prepared, string label)
    {
        var trained = Columns.Find(prepared.Schema, label, "label");
        if (raw.Schema.GetColumnOrNull(label) is not { } own || !own.Type.Equals(trained.Type)) throw Made(label);
        using var rawRows = raw.GetRowCursor([own]);
        using var preparedRows = prepared.GetRowCursor([trained]);
        if (ValueReader.Number(rawRows, own) is not { } rawValue || ValueReader.Number(preparedRows, trained) is not { } preparedValue) return;
        while (rawRows.MoveNext())
        {
            if (!preparedRows.MoveNext() || !rawValue().Equals(preparedValue())) throw Made(label);
        }
    }

    private static ArgumentException Made(string label) => new(
        $"The preparation makes or changes the label column '{label}', or drops rows. A counterfactual dataset turns labels of the training view over " +
        "and is prepared again: bring the label into its final form (Boolean, a key or two numbers) in the training view, before the preparation.");
}
