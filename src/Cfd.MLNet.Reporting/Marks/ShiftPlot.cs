using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>The shift that was forecast against the shift that came: on the line, the flips act as computed.</summary>
internal static class ShiftPlot
{
    public static Html Create(ReportView view)
    {
        AuditedRow[] known = [.. view.Found.Where(row => float.IsFinite(row.PredictedShift))];
        if (known.Length == 0) return Html.Empty;
        double most = known.Max(row => Math.Max(Math.Max(row.PredictedShift, RowColumns.Shift(row)), 0.01));
        var axis = Axis.Covering(Math.Min(0, known.Min(row => row.PredictedShift)), most);
        int within = known.Count(row => RowColumns.Shift(row) <= 2 * row.PredictedShift && row.PredictedShift <= 2 * RowColumns.Shift(row));
        string description = view.Say.Fill("shift.description", within, known.Length);
        return Plot.Of(view, view.Say["shift.title"], description, (axis, view.Say["shift.x"]), (axis, view.Say["shift.y"]),
        [
            Html.Of($"<line class=\"zero\" x1=\"{axis.X(axis.Low)}\" x2=\"{axis.X(axis.High)}\" y1=\"{Plot.Y(axis, axis.Low)}\" y2=\"{Plot.Y(axis, axis.High)}\"/>"),
            .. known.Select(row => Html.Of($"<circle class=\"dot\" cx=\"{axis.X(row.PredictedShift)}\" cy=\"{Plot.Y(axis, RowColumns.Shift(row))}\" r=\"4\"/>")),
        ]);
    }
}
