using Cfd.MLNet.Tests.Auditing;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Reports to draw.</summary>
internal static class Samples
{
    /// <summary>Text that would run, or break the page, if it were not escaped.</summary>
    public const string Hostile = "\"'><script>document.title='broken'</script>";

    private static readonly Lazy<AuditReport> MadeUpReport = new(() => SampleReports.Create(SampleReports.Options with { Evidence = new() { Level = EvidenceLevel.Quick } }));

    /// <summary>Made-up applicants, two group columns, evidence.</summary>
    public static AuditReport MadeUp => MadeUpReport.Value;

    /// <summary>The same with hostile text wherever text of the user's can stand.</summary>
    public static AuditReport WithHostileText()
    {
        var report = MadeUp;
        var row = report.Rows.First(row => row.Counterfactuals.Count > 0);
        string[] values = [Hostile, .. row.Inputs.Skip(1)];
        return report with
        {
            Inputs = [new($"{Hostile}sex", false), .. report.Inputs.Skip(1).Select(input => input with { Name = Hostile + input.Name })],
            PhiRemark = Hostile,
            Provenance = report.Provenance with { PositiveLabel = Hostile, Settings = [new(Hostile, Hostile)] },
            Rows = [.. report.Rows.Select(other => other with { Id = Hostile + other.Id, Group = Hostile, Reason = Hostile, Inputs = other.Inputs.Count > 0 ? [Hostile, .. other.Inputs.Skip(1)] : [] })],
            ImplicatedTrainingRows = [.. report.ImplicatedTrainingRows.Select(other => other with { Id = Hostile + other.Id, Group = Hostile, Inputs = values, ByGroup = [new(Hostile, 1)] })],
            GroupComparisons = [.. report.GroupComparisons.Select(comparison => comparison with
            {
                Attributes = [.. comparison.Attributes.Select(name => Hostile + name)],
                Groups = [.. comparison.Groups.Select(group => group with { Values = [.. group.Values.Select(value => Hostile + value)], Remark = Hostile })],
            })],
        };
    }

    /// <summary>As many rows as the page is to bear: 200, each with a counterfactual dataset.</summary>
    public static AuditReport WithRows(int count)
    {
        var report = MadeUp;
        AuditedRow[] found = [.. report.Rows.Where(row => row.Counterfactuals.Count > 0)];
        var rows = Enumerable.Range(0, count).Select(position => found[position % found.Length] with { Position = position, Id = $"a{position}" });
        return report with { Rows = [.. rows], Summary = report.Summary with { Audited = count, Found = count, NotFound = 0, FilteredOut = 0, NoCandidates = 0 } };
    }

    /// <summary>German, 200 rows, as cfd audit --dataset german has them; inconclusive without the data.</summary>
    public static (AuditReport Report, ReportText Text) German()
    {
        var context = new MLContext(seed: 1);
        var data = FairnessDatasetCatalog.Load("german", Cfd.MLNet.Tests.TestData.DataDirectory());
        var (train, validation, test) = data.Split(1);
        var catalog = context.CounterfactualDatasets();
        var learner = catalog.Learners.ReluNetwork(
            data.Preparation(context), new() { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs }, validation);
        var report = catalog.Audit(learner, train, test, new()
        {
            LabelColumnName = FairnessDataset.LabelColumn,
            FeatureColumnName = FairnessDataset.FeaturesColumn,
            ProtectedColumnName = data.ProtectedColumn,
            RowIdColumnName = FairnessDataset.RowIdColumn,
            Budget = FlipBudget.OfRows(1),
            Schedule = Schedule.SingleFlips,
            GroupByColumnNames = ["foreign_worker", "housing"],
            Evidence = new() { Level = EvidenceLevel.Quick },
        }).Report;
        var text = new ReportText
        {
            Title = "Audit of German credit",
            Favourable = data.FavourableOutcome,
            Unfavourable = data.UnfavourableOutcome,
            Row = "line",
            Remarks = [$"{data.Source}."],
        };
        return (report, text);
    }
}
