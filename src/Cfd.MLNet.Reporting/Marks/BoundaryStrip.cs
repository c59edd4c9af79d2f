using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>One person's decision before and after, to either side of the boundary.</summary>
internal static class BoundaryStrip
{
    public static Html Of(ReportView view, AuditedRow row)
    {
        double wide = Math.Max(1e-3, Math.Max(Math.Abs(row.Score), Math.Abs(row.CounterfactualScore)) * 1.1);
        var axis = new Axis(-wide, wide, 2);
        string from = axis.X(row.Score), to = axis.X(row.CounterfactualScore);
        return Html.Of($"""
            <div class="strip"><span>{view.Outcome(false)}</span><svg class="marks" height="22" aria-hidden="true"><line class=zero x1=50% x2=50% y2=100% /><line class=mv x1={from} x2={to} y1=11 y2=11 /><circle class=f cx={from} cy=11 /><line class=after x1={to} x2={to} y1=4 y2=18 /></svg><span>{view.Outcome(true)}</span></div>
            """);
    }
}
