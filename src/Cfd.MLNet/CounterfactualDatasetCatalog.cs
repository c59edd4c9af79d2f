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
        return SavedModel.Rehydrate(_context, loaded);
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
