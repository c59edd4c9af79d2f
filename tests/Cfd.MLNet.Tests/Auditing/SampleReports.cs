using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>A report of a real audit of made-up applicants, with ids, a second group column and some counterfactual datasets.</summary>
internal static class SampleReports
{
    public static AuditOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        RowIdColumnName = "Id",
        GroupByColumnNames = ["Gap"],
        Budget = FlipBudget.OfRows(4),
        Schedule = Schedule.SampledTopK(),
    };

    public static AuditReport Create() => Create(Options);

    public static AuditReport Create(AuditOptions options) => Run(options).Report;

    public static AuditRun Run(AuditOptions options, IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var context = new MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        return catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(context)), Rows(context, 160, 1), Rows(context, 50, 2), options, progress, cancellationToken);
    }

    public static IDataView Rows(MLContext context, int count, ulong seed) => context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));
}
