using Cfd.MLNet.Reporting.Charts;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>How far from the boundary rows with a counterfactual dataset lie, and how many attempts it took.</summary>
internal static class DistributionSection
{
    public static Section Create(ReportView view) => new("attempts", "Attempts", "Near the boundary, or far from it?", view.Found.Count == 0
        ? Html.Of($"<p>No CFD was found.</p>")
        : Html.Of($"""
            <p>A prediction close to 0 is easily turned over. CFDs that are found far from it say more.</p>
            <div class="two">
            {Figure.Of(LogitChart.Create(view.Report))}
            {Figure.Of(AttemptChart.Create(view.Report))}
            </div>
            """));
}
