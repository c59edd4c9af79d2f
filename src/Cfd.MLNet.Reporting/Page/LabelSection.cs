using Cfd.MLNet.Reporting.Marks;
using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>The training labels to review, those that most decisions hinge on first, with a box to tick each.</summary>
internal static class LabelSection
{
    public static Section Create(ReportView view)
    {
        var rows = view.Report.ImplicatedTrainingRows;
        if (rows.Count == 0) return new Section("labels", Html.Of($"<p>{view.Say["labels.none"]}</p>"));
        return new Section("labels", Html.Of($"""
            <p>{view.Say.Say("labels.intro", view.Say.Counted("label", rows.Count), Coverage(view))}</p>
            {CoverageCurve.Create(view)}
            <p class="buttons" data-review="{view.Report.Provenance.TrainingDataHash}" hidden><output></output></p>
            {TableHtml.Of(view, "labels-table", LabelColumns.ForPage(view), rows, view.Say["section.labels.title"], isTall: true)}
            """));
    }

    private static string Coverage(ReportView view)
    {
        int[] covered = [.. CoverageCurve.Covered(view.Found)];
        return covered.Length == 0 ? "" : view.Say.Fill(covered.Length == 1 ? "labels.coverage.one" : "labels.coverage.other", covered.Length, covered[^1]);
    }
}
