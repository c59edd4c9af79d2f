using Cfd.MLNet.Auditing;
using Cfd.MLNet.Models;
using Cfd.MLNet.Transforms;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>The one door to Cfd.MLNet: <c>mlContext.CounterfactualDatasets()</c>. Thread-safe.</summary>
public sealed class CounterfactualDatasetCatalog
{
    private readonly MLContext _context;

    internal CounterfactualDatasetCatalog(MLContext context) => _context = context;

    /// <summary>A ReLU network as a binary classification trainer like any of ML.NET's.</summary>
    /// <param name="options">Network, training and columns; null for the defaults.</param>
    /// <param name="validation">
    /// Rows that decide when training stops, prepared as the training rows are; null to set a share of the training view aside.
    /// </param>
    /// <param name="cancellationToken">Stops a fit within one epoch.</param>
    /// <exception cref="ArgumentException">An option lies outside of its range.</exception>
    /// <exception cref="NotSupportedException">Row weights were asked for.</exception>
    public ReluNetworkTrainer ReluNetwork(
        ReluNetworkOptions? options = null, IDataView? validation = null, CancellationToken cancellationToken = default)
        => new(_context, options ?? new ReluNetworkOptions(), validation, cancellationToken);

    /// <summary>
    /// The search for counterfactual datasets as a pipeline stage: append it after the preparation of the features, fit it on training
    /// data, transform the rows to be explained.
    /// </summary>
    /// <param name="options">Columns, budget, filters, ranking, schedule and network; the protected column must be named.</param>
    /// <param name="validation">
    /// Rows that decide when training stops, prepared as the training rows are; null to set a share of the training view aside.
    /// </param>
    /// <param name="cancellationToken">Stops a fit, and a search that a cursor is in.</param>
    /// <exception cref="ArgumentException">An option is missing or lies outside of its range.</exception>
    public CounterfactualDatasetEstimator Generate(
        GenerateOptions options, IDataView? validation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CounterfactualDatasetEstimator(_context, options, validation, cancellationToken);
    }

    /// <summary>The learning algorithms that <see cref="Audit"/> takes.</summary>
    public LearnerCatalog Learners { get; } = new();

    /// <summary>
    /// Audits all rows of a test view: trains f, then searches a counterfactual dataset for each row, sharing retrains between rows and
    /// running them on all cores. The outcome does not depend on the number of cores. On cancellation the report holds what was
    /// finished; the other rows are <see cref="CounterfactualOutcome.NotReached"/>.
    /// </summary>
    /// <param name="learner">L, from <see cref="Learners"/>.</param>
    /// <param name="train">Raw training rows; row positions in the report mean this view.</param>
    /// <param name="test">Raw rows to explain.</param>
    /// <param name="options">Columns, budget, filters, ranking and schedule; the protected column must be named.</param>
    /// <param name="progress">Told about ten times a second, from worker threads.</param>
    /// <param name="cancellationToken">Stops within one epoch of a retrain; refits of an ML.NET pipeline run to their end.</param>
    /// <exception cref="ArgumentException">An option or a column is missing, of a wrong type or out of range.</exception>
    /// <exception cref="InvalidDataException">A training value is missing, not finite or one too many; the message names column and row.</exception>
    /// <exception cref="InvalidOperationException">Training of f diverged.</exception>
    /// <exception cref="IOException">The journal cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before f was trained.</exception>
    public AuditRun Audit(
        Learner learner, IDataView train, IDataView test, AuditOptions options,
        IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var clock = new AuditClock(options?.TimeBudget);
        // A run may be kept for long: it holds f and the data, not thousands of answers.
        using var prepared = Prepare(learner, train, test, options!, isForOneAudit: true, clock, cancellationToken);
        return prepared.Run(options!, clock, progress, cancellationToken);
    }

    /// <summary>
    /// Reads the data and trains f, for several audits that differ in filters, ranking, schedule or budget and share their retrains.
    /// </summary>
    /// <param name="learner">L, from <see cref="Learners"/>.</param>
    /// <param name="train">Raw training rows; row positions mean this view.</param>
    /// <param name="test">Raw rows to explain.</param>
    /// <param name="options">
    /// Columns, parallelism and memory of all audits; what else is set here can be set anew in each. The protected column must be named.
    /// </param>
    /// <param name="cancellationToken">Stops within one epoch of the training of f.</param>
    /// <exception cref="ArgumentException">An option or a column is missing, of a wrong type or out of range.</exception>
    /// <exception cref="InvalidDataException">A training value is missing, not finite or one too many; the message names column and row.</exception>
    /// <exception cref="InvalidOperationException">Training of f diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PreparedAudit PrepareAudit(
        Learner learner, IDataView train, IDataView test, AuditOptions options, CancellationToken cancellationToken = default)
    {
        PreparedAudit.RequireNoJournal(options);
        using var clock = new AuditClock(null);
        return Prepare(learner, train, test, options, isForOneAudit: false, clock, cancellationToken);
    }

    /// <summary>
    /// What <see cref="Audit"/> would take: reads the data, trains f, filters and ranks all rows, and measures one retrain.
    /// </summary>
    /// <param name="learner">L, from <see cref="Learners"/>.</param>
    /// <param name="train">Raw training rows.</param>
    /// <param name="test">Raw rows to explain.</param>
    /// <param name="options">Those of the audit; a journal is left alone.</param>
    /// <param name="cancellationToken">Stops within one epoch.</param>
    /// <exception cref="ArgumentException">An option or a column is missing, of a wrong type or out of range.</exception>
    /// <exception cref="InvalidDataException">A training value is missing, not finite or one too many; the message names column and row.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<AuditEstimate> EstimateAsync(
        Learner learner, IDataView train, IDataView test, AuditOptions options, CancellationToken cancellationToken = default)
        => Task.Run(
            () =>
            {
                ArgumentNullException.ThrowIfNull(options);
                var estimated = options with { JournalPath = null };
                using var clock = new AuditClock(null);
                using var prepared = Prepare(learner, train, test, estimated, isForOneAudit: true, clock, cancellationToken);
                return prepared.Estimate(estimated, cancellationToken);
            },
            cancellationToken);

    private PreparedAudit Prepare(
        Learner learner, IDataView train, IDataView test, AuditOptions options, bool isForOneAudit, AuditClock clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(options);
        return PreparedAudit.Create(_context, learner, train, test, options, isForOneAudit, clock, cancellationToken);
    }

    /// <summary>
    /// Writes a model as <c>mlContext.Model.Save</c> does, whole or not at all, with a SHA-256 at its end. <c>mlContext.Model.Load</c> reads it, too.
    /// </summary>
    /// <param name="model">Any fitted transformer or chain.</param>
    /// <param name="inputSchema">Of the rows that go in; null to leave it out.</param>
    /// <param name="path">The file; an earlier one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one is as it was.</exception>
    public void SaveModel(ITransformer model, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ModelFile.Save(_context, model, inputSchema, path);
    }

    /// <summary>
    /// Reads a model that <see cref="SaveModel"/> wrote, after its checksum was found to fit, with our typed transformers in their places. A checksum
    /// tells accidents, not ill will: models from strangers are not safe.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="inputSchema">The schema that was saved; null where there was none.</param>
    /// <exception cref="InvalidDataException">The file was not written by SaveModel, is damaged, or holds what ML.NET cannot read here.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ITransformer LoadModel(string path, out DataViewSchema? inputSchema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return ModelFile.Load(_context, File.ReadAllBytes(path), path, out inputSchema);
    }

    /// <summary>
    /// Puts our typed transformers back into a model that <c>mlContext.Model.Load</c> gave. Prediction works without it; D' and f' of
    /// a result need it.
    /// </summary>
    /// <param name="loaded">A loaded model: one of our transformers, or a chain that holds some.</param>
    /// <returns>
    /// The same model with <see cref="ReluNetworkTransformer"/> and <see cref="CounterfactualDatasetTransformer"/> in their places.
    /// </returns>
    public ITransformer Rehydrate(ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        return SavedModel.Rehydrate(_context, loaded, state => SavedState.Parse(state).Restore(_context));
    }
}

/// <summary>Opens the door on an <see cref="MLContext"/>.</summary>
public static class MLContextExtensions
{
    /// <summary>Counterfactual datasets: the trainer, the transform and the audit.</summary>
    public static CounterfactualDatasetCatalog CounterfactualDatasets(this MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new CounterfactualDatasetCatalog(context);
    }
}
