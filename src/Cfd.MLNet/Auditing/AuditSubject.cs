using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>A learner on the data of one audit: the rows as arrays, and what is known before f is trained.</summary>
internal abstract class AuditSubject(TrainingTable table, TestRows testRows)
{
    public TrainingTable Table => table;

    public TestRows TestRows => testRows;

    /// <summary>Raw rows in, features out; null where the features are ready.</summary>
    public abstract ITransformer? Preparation { get; }

    /// <summary>What L is, for the report.</summary>
    public abstract LearnerDescription Description { get; }

    /// <summary>How L is refitted, where it is an ML.NET pipeline; else null.</summary>
    public abstract RefitSummary? Refits { get; }

    /// <summary>Whether retrained models are asked about all test rows, however few are audited.</summary>
    public virtual bool AsksAllRows => false;

    /// <summary>What is known of a learner that answers otherwise than a journal says, in whole sentences; null: nothing.</summary>
    public virtual string? ChangeRemark => null;

    /// <summary>Options resolved against the data, before any search.</summary>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    public SearchPlan Plan(AuditOptions options) => Resolve(options) with
    {
        Decisions = options.Decisions,
        Harvests = options.Harvest,
        Terms = new SearchTerms(options.CounterfactualsPerRow, options.RowTimeBudget),
    };

    /// <summary>Trains f.</summary>
    /// <param name="options">Cores and memory.</param>
    /// <param name="log">Where retrains are kept; null for none.</param>
    /// <param name="cancellationToken">Stops within an epoch.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract AuditedModel Train(AuditOptions options, IRetrainLog? log, CancellationToken cancellationToken);

    protected abstract SearchPlan Resolve(AuditOptions options);
}
