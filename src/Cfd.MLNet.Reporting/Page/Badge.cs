using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>A counterfactual dataset's strength as a word with a sign of its own; never by colour alone.</summary>
internal static class Badge
{
    public static Html Of(ReportView view, Strength strength)
        => Html.Of($"<span class=\"badge {ClassOf(strength)}\">{view.Say[$"strength.{strength}"]}</span>");

    /// <summary>The badge of a row, or a dash where nothing was found.</summary>
    public static Func<AuditedRow, Html> OrDash(ReportView view)
        => row => Strengths.Of(row) is { } strength ? Of(view, strength) : Html.Of($"–");

    private static string ClassOf(Strength strength) => strength switch
    {
        Strength.Stands => "stands",
        Strength.Weak => "weak",
        Strength.OfThisRun => "run",
        _ => "untested",
    };
}
