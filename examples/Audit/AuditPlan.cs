using Audit.CommandLine;
using Audit.Input;
using Cfd.MLNet;
using Microsoft.ML;

namespace Audit;

/// <summary>What is audited and how: the data's own settings, overridden by the command line. Immutable.</summary>
internal sealed record AuditPlan(AuditInput Input, LearnerKind Learner, NetworkOptions Network, AuditOptions Options, IDataView Test)
{
    /// <summary>Whether the budget is the data's own.</summary>
    public bool HasOwnBudget => Options.Budget == Input.Budget;

    /// <summary>Puts data and command line together.</summary>
    public static AuditPlan Create(MLContext context, AuditInput input, AuditSettings settings)
    {
        bool isSingle = settings.Schedule == Schedule.SingleFlips || settings.Schedule == Schedule.Exhaustive;
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
            Schedule = settings.Schedule,
            Ranking = settings.Ranking,
            Evidence = new EvidenceOptions { Level = settings.Evidence },
            SearchSeed = settings.Seed,
            MaxDegreeOfParallelism = settings.MaxParallelism,
            JournalPath = settings.Journal,
            InputColumnNames = input.FeatureSources,
        };
        return new AuditPlan(input, settings.Learner, network, options, context.Data.TakeRows(input.Test, settings.Rows ?? AuditInput.PaperRows));
    }
}
