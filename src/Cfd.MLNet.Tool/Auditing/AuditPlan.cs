using System.Globalization;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>What is audited and how: the data's own settings, overridden by the command line, as options of the library. Immutable.</summary>
internal sealed record AuditPlan(AuditInput Input, AuditSettings Settings, NetworkOptions Network, AuditOptions Options, IDataView Test)
{
    /// <summary>Of an agreement without several networks to agree.</summary>
    public const string OneDecides = "--agreement is how many of several networks must decide alike, but one decides; add --networks 16, or leave --agreement out.";

    /// <summary>Whether the budget is the data's own.</summary>
    public bool HasOwnBudget => Settings.Budget is null;

    /// <summary>Puts data and command line together.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static AuditPlan Create(MLContext context, AuditInput input, AuditSettings settings)
    {
        var asked = settings.Budget is { } text ? Budget(text) : null;
        var network = new NetworkOptions
        {
            HiddenLayers = settings.HiddenLayers ?? input.HiddenLayers,
            MaxEpochs = settings.MaxEpochs ?? input.MaxEpochs,
            BatchSize = settings.BatchSize,
            Seed = settings.Seed,
            Networks = settings.Networks ?? input.Networks,
        };
        if (settings.Agreement is not null && network.Networks == 1)
            throw new ArgumentException(OneDecides);
        var options = new AuditOptions
        {
            LabelColumnName = input.LabelColumn,
            FeatureColumnName = input.FeatureColumn,
            ProtectedColumnName = input.ProtectedColumn,
            ProtectedSlots = input.ProtectedSlots,
            RowIdColumnName = input.RowIdColumn,
            // These schedules flip one label at a time.
            Budget = asked ?? (settings.Schedule is { } single && SearchNames.SingleFlipSchedules.Contains(single) ? FlipBudget.OfRows(1) : input.Budget),
            Schedule = settings.Window is { } window ? Schedule.Adaptive(window: window) : settings.Schedule is { } schedule ? SearchNames.Schedules[schedule].Value : null,
            Ranking = SearchNames.Rankings[settings.Ranking].Value,
            Evidence = new EvidenceOptions { Level = SearchNames.Evidence[settings.Evidence ?? input.Evidence] },
            Agreement = settings.Agreement,
            SearchSeed = settings.Seed,
            MaxDegreeOfParallelism = settings.MaxParallelism,
            JournalPath = settings.Journal,
            InputColumnNames = input.FeatureSources,
        };
        var test = input.AuditedTest ?? context.Data.TakeRows(input.Test, settings.Rows ?? AuditInput.PaperRows);
        return new AuditPlan(input, settings, network, options, test);
    }

    /// <summary>A budget as users write it.</summary>
    /// <exception cref="ArgumentException">It is neither a count of at least 1 nor a share up to 100 %.</exception>
    public static FlipBudget Budget(string text)
    {
        bool isShare = text.EndsWith('%');
        if (!isShare && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1) return FlipBudget.OfRows(count);
        if (isShare && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100)
            return FlipBudget.OfShare(percent / 100);
        throw new ArgumentException($"--budget is '{text}'; it is a count of at least 1, or a share above 0% and up to 100%.");
    }
}
