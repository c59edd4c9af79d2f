using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>A counterfactual dataset's strength as a word with a sign of its own; never by colour alone.</summary>
internal static class Badge
{
    public static Html Of(ReportView view, EvidenceVerdict strength)
        => Html.Of($"<span class=\"badge {ClassOf(strength)}\">{view.Say[$"strength.{strength}"]}</span>");

    /// <summary>The badge of a row; nothing where nothing was found.</summary>
    public static Func<AuditedRow, Html> OfRow(ReportView view)
        => row => Strengths.Of(row) is { } strength ? Of(view, strength) : Html.Empty;

    private static string ClassOf(EvidenceVerdict strength) => strength switch
    {
        EvidenceVerdict.Stands => "stands",
        EvidenceVerdict.Weak => "weak",
        EvidenceVerdict.OfThisRun => "run",
        _ => "untested",
    };
}
