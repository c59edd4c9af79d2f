using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>A learner on the data of one audit: the rows as arrays, f and the retrains, and models as the user gets them.</summary>
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

    /// <summary>Options resolved against the data, before any search.</summary>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    public abstract SearchSetup Setup(AuditOptions options);

    /// <summary>f and the retrains around it. Called once, after <see cref="Setup"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while f trained.</exception>
    public abstract SearchModel CreateModel(AuditOptions options, CancellationToken cancellationToken);

    /// <summary>f, or f' of these flips, raw rows in, predictions out.</summary>
    public abstract ITransformer Transformer(FlipSet flips, SearchModel model);
}
