using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>How the model as it is decides, by group.</summary>
internal static class QualitySection
{
    public static Section Create(ReportView view)
    {
        var all = QualityColumns.All(view);
        bool hasRemarks = view.Report.ModelQuality.Any(quality => quality.Remark is not null);
        return new Section("model", Html.Of($"""
            <p>{view.Say["model.intro"]}</p>
            {TableHtml.Of(view, "model-table", [.. all.Where(column => hasRemarks || column.Key != "remark")], view.Report.ModelQuality, view.Say["section.model.title"])}
            """));
    }
}
