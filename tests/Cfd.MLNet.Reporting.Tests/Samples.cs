using Cfd.MLNet.Reports;
using Cfd.MLNet.Tests.Auditing;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Reports to draw.</summary>
internal static class Samples
{
    /// <summary>Text that would run, or break the page, if it were not escaped.</summary>
    public const string Hostile = "\"'><script>document.title='broken'</script>";

    private static readonly string[] LongNames =
    [
        "Municipal housing association of the northern river districts and the islands (old)", "Überregionale Wohnungsgenossenschaft der südlichen Verwaltungsgemeinschaften e. V.",
        "הקואופרטיב העירוני לדיור בר השגה של שכונות הצפון והנמל הישן של העיר", "جمعية الإسكان التعاونية للأحياء الشمالية والميناء القديم في المدينة الكبرى",
        "北部河川地区および旧港湾周辺における公営住宅共同組合の登録済み申請者（第一区分）", "东部工业园区和老港口周边居民住房合作社登记申请人第一类别包括临时居民和长期居民",
        "Assoziation <b>Fett</b> & \"Zitat\" der Mieterinnen und Mieter im Stadtteil Westhafen 3", "SupercalifragilisticexpialidociousSupercalifragilisticexpialidociousSupercalifragili",
        "Self-employed and freelance residents of the metropolitan area without a fixed site", "Households that moved in within the last twelve months from another municipality, all", "Retired residents", "x",
    ];

    private static readonly Lazy<(AuditReport Report, ReportText Text)> GermanReport = new(() => OfPublicSet("german", null));
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

    /// <summary>Many rows, of which every nth has a counterfactual dataset.</summary>
    public static AuditReport WithRows(int count, int nth = 1)
    {
        var report = MadeUp;
        AuditedRow[] found = [.. report.Rows.Where(row => row.Counterfactuals.Count > 0)], others = [.. report.Rows.Where(row => row.Outcome == CounterfactualOutcome.NotFound)];
        AuditedRow[] rows = [.. Enumerable.Range(0, count).Select(position => (position % nth == 0 ? found[position / nth % found.Length] : others[position % others.Length]) with { Position = position, Id = $"a{position}" })];
        int all = rows.Count(row => row.Counterfactuals.Count > 0);
        return report with
        {
            Rows = rows,
            ImplicatedTrainingRows = [.. report.ImplicatedTrainingRows.Select(row => row with { TestRows = [.. row.TestRows.Where(position => position < count)] })],
            Summary = report.Summary with { Audited = count, Found = all, NotFound = count - all, FilteredOut = 0, NoCandidates = 0, Share = new BoundedShare(all, 0, count) },
        };
    }

    /// <summary>The comparisons of a report's attributes, of other rows.</summary>
    private static GroupComparison[] Compared(AuditReport report, AuditedRow[] rows)
        => [.. GroupComparer.CompareAll(rows, report.GroupComparisons.Where(comparison => comparison.Attributes.Count == 1).Select(comparison => comparison.Attributes[0]).ToArray(), KnownGroups.None, seed: 1)];

    /// <summary>As if the models disagreed on every third row for which nothing was found.</summary>
    public static AuditReport WithUnsettled(AuditReport report)
    {
        int others = 0;
        AuditedRow[] rows = [.. report.Rows.Select(row => row.Outcome == CounterfactualOutcome.NotFound && others++ % 3 == 0 ? row with { Outcome = CounterfactualOutcome.Unsettled, Reason = "5 of 8 models decide so" } : row)];
        int unsettled = rows.Count(row => row.Outcome == CounterfactualOutcome.Unsettled);
        return report with
        {
            Rows = rows,
            GroupComparisons = Compared(report, rows),
            Summary = report.Summary with { NotFound = report.Summary.NotFound - unsettled, Unsettled = unsettled, Share = BoundedShare.Of(rows) },
        };
    }

    /// <summary>Of a report's rows with a counterfactual dataset the first few; the others as if none had been found.</summary>
    public static AuditReport WithFound(AuditReport report, int most)
    {
        int kept = 0;
        AuditedRow[] rows = [.. report.Rows.Select(row => row.Counterfactuals.Count == 0 || kept++ < most ? row : row with { Counterfactuals = [], Evidence = null, IsMinimised = false, Outcome = CounterfactualOutcome.NotFound, Inputs = [] })];
        var found = rows.Where(row => row.Counterfactuals.Count > 0).ToDictionary(row => row.Position);
        return report with
        {
            Rows = rows,
            Evidence = found.Count == 0 ? null : report.Evidence,
            GroupComparisons = Compared(report, rows),
            ImplicatedTrainingRows =
            [
                .. from row in report.ImplicatedTrainingRows
                   let people = row.TestRows.Where(found.ContainsKey).ToArray()
                   where people.Length > 0
                   select row with { TestRows = people, Count = people.Length, ByGroup = [.. people.CountBy(position => found[position].Group).Select(count => new ImplicatedGroup(count.Key, count.Value))] },
            ],
            Summary = report.Summary with
            {
                Found = found.Count,
                NotFound = report.Summary.NotFound + report.Summary.Found - found.Count,
                Share = BoundedShare.Of(rows),
                ToFavourable = found.Values.Count(row => !row.PredictedLabel),
                OneShot = found.Values.Count(row => row.Counterfactuals[0].Attempt == 1),
            },
        };
    }

    /// <summary>The same in twelve groups whose names are long, and of all scripts, as are names and values of inputs.</summary>
    public static AuditReport WithLongNames()
    {
        var report = MadeUp;
        string Of(long position) => LongNames[position % LongNames.Length];
        AuditedRow[] rows = [.. report.Rows.Select(row => row with { Group = Of(row.Position), GroupValues = [], Inputs = row.Inputs.Count == 0 ? [] : [Of(row.Position), .. row.Inputs.Skip(1)] })];
        return report with
        {
            Rows = rows,
            Inputs = [.. report.Inputs.Select((input, index) => input with { Name = LongNames[index] })],
            GroupComparisons = [.. GroupComparer.CompareAll(rows, ["association to which the household of the applicant belonged at the time of filing"], KnownGroups.None, seed: 1)],
            ModelQuality = [.. QualityReader.Read(rows)],
            ImplicatedTrainingRows = [.. report.ImplicatedTrainingRows.Select(row => row with
            {
                Group = Of(row.Position), Inputs = [Of(row.Position), .. row.Inputs.Skip(1)],
                ByGroup = [.. row.TestRows.GroupBy(Of).Select(group => new ImplicatedGroup(group.Key, group.Count()))],
            })],
        };
    }

    /// <summary>German, 200 rows, as cfd audit --dataset german has them; inconclusive without the data.</summary>
    public static (AuditReport Report, ReportText Text) German() => GermanReport.Value;

    /// <summary>A public set in the paper's setting; inconclusive without the data.</summary>
    /// <param name="name">E.g. "compas".</param>
    /// <param name="maxRows">Rows to audit, or all.</param>
    public static (AuditReport Report, ReportText Text) OfPublicSet(string name, int? maxRows)
    {
        var context = new MLContext(seed: 1);
        var data = FairnessDatasetCatalog.Load(name, Cfd.MLNet.Tests.TestData.DataDirectory());
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
            GroupByColumnNames = name == "german" ? ["foreign_worker", "housing"] : [],
            MaxRows = maxRows,
            Evidence = new() { Level = EvidenceLevel.Quick },
        }).Report;
        var text = new ReportText
        {
            Title = $"Audit of {name}",
            Favourable = data.FavourableOutcome,
            Unfavourable = data.UnfavourableOutcome,
            Row = "line",
            Remarks = [$"{data.Source}."],
        };
        return (report, text);
    }
}
