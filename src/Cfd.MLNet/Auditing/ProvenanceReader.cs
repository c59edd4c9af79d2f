using System.Runtime.InteropServices;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>Finds out where an audit's answers come from.</summary>
internal static class ProvenanceReader
{
    public static AuditProvenance Read(AuditSubject subject, TestRowDetails details, AuditOptions options, TimeSpan duration)
    {
        var (table, testRows, learner, plan) = (subject.Table, subject.TestRows, subject.Description, subject.Plan(options));
        var resolved = options with { Schedule = plan.Schedule, FeatureColumnName = table.Columns.Features, Agreement = options.Agreement ?? (plan.Agreement == Agreement.OfMean ? null : plan.Agreement.Share) };
        return new AuditProvenance
        {
            TrainingDataHash = DataHash.Of(table),
            TestDataHash = DataHash.Of(testRows, details),
            TrainingRows = table.Rows,
            ValidationRows = table.ValidationLabels.Length,
            TestRows = testRows.Count,
            Features = table.Features.Columns,
            PositiveLabel = table.LabelValues.PositiveText,
            NegativeLabel = table.LabelValues.NegativeText,
            Settings = [.. SettingsReader.Read("", resolved), .. learner.Settings],
            Seed = learner.Seed,
            LibraryVersion = TypeVersion.Of(typeof(ProvenanceReader)),
            Engine = learner.Engine,
            MLNetVersion = TypeVersion.Of(typeof(MLContext)),
            Machine = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}, " +
                $"{Environment.ProcessorCount} processors, {options.Executor?.Width ?? options.Parallelism} models at once{(options.Executor is { } executor ? $" by {executor.GetType().Name}" : "")}{(ManagedTrainingEngine.SlowRemark is { } remark ? $"; {remark}" : "")}",
            Started = DateTimeOffset.UtcNow - duration,
            Duration = duration,
        };
    }
}
