using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>How many decisions hinge on the first label, the first two, and so on, chosen greedily: where to begin a review, and where to end.</summary>
internal static class CoverageCurve
{
    public static Html Create(ReportView view)
    {
        int[] covered = [.. Covered(view.Found)];
        int all = view.Found.Count;
        var (x, y) = (Axis.Covering(0, covered.Length, isWhole: true), Axis.Covering(0, all, isWhole: true));
        string description = view.Say.Fill("coverage.description", view.Say.Counted("label", covered.Length), view.Numbers.Count(all));
        return Plot.Of(view, view.Say["coverage.title"], description, (x, view.Say["coverage.x"]), (y, view.Say["coverage.y"]), covered.Select((count, i) => Step(x, y, i, i == 0 ? 0 : covered[i - 1], count)));
    }

    /// <summary>After each label of a greedy choice, in how many rows' counterfactual datasets one of those chosen is.</summary>
    public static IEnumerable<int> Covered(IEnumerable<AuditedRow> rows)
    {
        var open = rows.Select(row => row.FlippedRows).Where(flips => flips.Count > 0).ToList();
        for (int all = open.Count; open.Count > 0;)
        {
            long next = open.SelectMany(flips => flips).GroupBy(flip => flip).MaxBy(flip => flip.Count())!.Key;
            open.RemoveAll(flips => flips.Contains(next));
            yield return all - open.Count;
        }
    }

    private static Html Step(Axis x, Axis y, int i, int before, int count) => Html.Of($"""
        <line class="curve" x1="{x.X(i)}" x2="{x.X(i + 1)}" y1="{Plot.Y(y, before)}" y2="{Plot.Y(y, before)}"/><line class="curve" x1="{x.X(i + 1)}" x2="{x.X(i + 1)}" y1="{Plot.Y(y, before)}" y2="{Plot.Y(y, count)}"/><circle class="dot" cx="{x.X(i + 1)}" cy="{Plot.Y(y, count)}" r="4"/>
        """);
}
