using Cfd.MLNet.Reporting.Page;
using ScottPlot;

namespace Cfd.MLNet.Reporting.Charts;

/// <summary>
/// Parallel coordinates of a test row and the rows whose labels flip, one line a row across the features (paper, figure B.1).
/// </summary>
internal sealed class ParallelChart(ReportView view)
{
    private const int Width = 960, Height = 340, Bottom = 120, Side = 46, Top = 44, MaximumFeatures = 60;
    private static readonly PixelPadding Padding = new(Side, Side, Bottom, Top);
    private readonly ReportView _view = view;
    private readonly ParallelAxes _axes = new(view.Report);

    public static ParallelChart Create(ReportView view) => new(view);

    /// <summary>More features than a picture has room for are in the tables alone.</summary>
    private bool IsDrawn => _view.Report.Inputs.Count is > 1 and <= MaximumFeatures;

    /// <summary>One picture a counterfactual dataset.</summary>
    public IEnumerable<Chart> Files()
    {
        if (!IsDrawn) yield break;
        foreach (var row in _view.Found)
        {
            for (int index = 0; index < row.Counterfactuals.Count; index++)
            {
                ImplicatedRow[] flipped = [.. row.Counterfactuals[index].FlippedRows.Select(_view.Implicated)];
                yield return new Chart(Name(row, index), Title(row), Title(row), Width, Height, plot => Draw(plot, row, flipped));
            }
        }
    }

    private static string Name(AuditedRow row, int index) => FormattableString.Invariant($"parallel-{row.Position}-{index + 1}");

    private string Title(AuditedRow row) => $"{_view.Noun} {ReportView.Id(row)} (orange) and the training rows whose labels turn over (blue), feature by feature";

    private void Draw(Plot plot, AuditedRow row, IReadOnlyList<ImplicatedRow> flipped)
    {
        foreach (var other in flipped) AddLine(plot, other.Inputs, ChartColors.Series(0), 1.5f);
        AddLine(plot, row.Inputs, ChartColors.Series(1), 3);
        var inputs = _view.Report.Inputs;
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, inputs.Count).Select(i => (double)i)], [.. inputs.Select(input => Shortened(input.Name))]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = 45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 12;
        plot.Axes.Left.SetTicks([0, 1], ["low", "high"]);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Layout.Fixed(Padding);
        plot.Axes.SetLimits(-0.2, inputs.Count - 0.8, -0.06, 1.06);
    }

    private void AddLine(Plot plot, IReadOnlyList<string> inputs, Color color, float width)
    {
        double[] places = _axes.Places(inputs);
        // A missing value parts the line; what stands alone between two is a mark.
        for (int start = 0; start < places.Length; start++)
        {
            int end = start;
            while (end < places.Length && !double.IsNaN(places[end])) end++;
            if (end == start) continue;
            var line = plot.Add.Scatter(Enumerable.Range(start, end - start).Select(i => (double)i).ToArray(), places[start..end], color);
            line.LineWidth = width;
            line.MarkerSize = end - start == 1 ? 2 * width : 0;
            start = end;
        }
    }

    private static string Shortened(string name) => name.Length <= 22 ? name : $"{name[..21]}…";
}
