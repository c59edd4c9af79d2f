using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Auditing;

using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>What is audited and how: the data's own settings, overridden by the command line. Immutable.</summary>
internal sealed record AuditPlan(AuditInput Input, LearnerKind Learner, NetworkOptions Network, AuditOptions Options, IDataView Test)
{
    /// <summary>Whether the budget is the data's own.</summary>
    public bool HasOwnBudget => Options.Budget == Input.Budget;

    /// <summary>Puts data and command line together.</summary>
    public static AuditPlan Create(MLContext context, AuditInput input, AuditSettings settings)
    {
        // The adaptive schedule needs predicted shifts; else the paper's, which for several flips does not try one at a time.
        bool isOneFlip = (settings.Budget ?? input.Budget) is { Count: 1 };
        var schedule = settings.Schedule ?? (settings.Ranking == RankingMethod.Trajectory ? AttemptSchedule.Adaptive
            : isOneFlip ? AttemptSchedule.SingleFlips : AttemptSchedule.TopK);
        bool isSingle = schedule is AttemptSchedule.SingleFlips or AttemptSchedule.Exhaustive;
        var network = new NetworkOptions
        {
            HiddenLayers = settings.HiddenLayers ?? input.HiddenLayers,
            MaxEpochs = settings.MaxEpochs ?? input.MaxEpochs,
            BatchSize = settings.BatchSize,
            Seed = settings.Seed,
        };
        var options = new AuditOptions
        {
            LabelColumnName = input.LabelColumn,
            FeatureColumnName = input.FeatureColumn,
            ProtectedColumnName = input.ProtectedColumn,
            ProtectedSlots = input.ProtectedSlots,
            RowIdColumnName = input.RowIdColumn,
            // These schedules flip one label at a time.
            Budget = settings.Budget ?? (isSingle ? FlipBudget.OfRows(1) : input.Budget),
            Schedule = schedule,
            Ranking = new RankingOptions { Method = settings.Ranking },
            Evidence = new EvidenceOptions { Level = settings.Evidence },
            SearchSeed = settings.Seed,
            MaxDegreeOfParallelism = settings.MaxParallelism,
            JournalPath = settings.Journal,
            InputColumnNames = input.FeatureSources,
        };
        return new AuditPlan(input, settings.Learner, network, options, context.Data.TakeRows(input.Test, settings.Rows ?? AuditInput.PaperRows));
    }
}
