using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Models;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Transforms;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Cfd.MLNet;

/// <summary>
/// Trains a ReLU network as a binary classifier. The transformer adds Score (the logit), Probability and PredictedLabel. Same
/// data, options and seed give the same bits.
/// </summary>
/// <remarks>
/// The managed engine trains one model on one core: a gradient is summed block after block in the order of the rows, which fixes its
/// bits. Two cores would save a quarter of a second on 27,000 rows. Audits and searches fill all cores, with one retrain each.
/// </remarks>
public sealed class ReluNetworkTrainer : ITrainerEstimator<ReluNetworkTransformer, ReluNetworkModel>
{
    private readonly MLContext _context;
    private readonly ReluNetworkOptions _options;
    private readonly IDataView? _validation;
    private readonly CancellationToken _cancellationToken;

    internal ReluNetworkTrainer(
        MLContext context, ReluNetworkOptions options, IDataView? validation, CancellationToken cancellationToken)
    {
        options.Validate();
        _context = context;
        _options = options;
        _validation = validation;
        _cancellationToken = cancellationToken;
        // TrainerInfo cannot be constructed: this one says the same (wants normalised features, needs several passes).
        Info = context.BinaryClassification.Trainers.LbfgsLogisticRegression().Info;
    }

    /// <summary>What the trainer expects: normalised features, several passes over the data.</summary>
    public TrainerInfo Info { get; }

    /// <summary>The input columns, and Score, Probability and PredictedLabel.</summary>
    /// <exception cref="ArgumentException">The feature or label column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShapes.RequireFeaturesAndLabel(inputSchema, _options.FeatureColumnName, _options.LabelColumnName);
        return SchemaShapes.Append(inputSchema, ScoreColumns.All);
    }

    /// <summary>Trains on the rows of a view.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    /// <exception cref="InvalidDataException">A value is missing, not finite or one too many; the message names column and row.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ReluNetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = new TableColumns(_options.FeatureColumnName, _options.LabelColumnName, _options.PositiveLabel);
        var table = TableReader.Read(input, _validation, columns, _options.ValidationShare, _options.Seed, _cancellationToken);
        var problem = TrainingProblem.Create(
            table.Features, table.Labels, table.ValidationFeatures, table.ValidationLabels, _options);
        var trained = new ReluNetworkLearner(problem, _options.Engine.Implementation, testRows: null).Train(FlipSet.Empty, _cancellationToken);
        return new ReluNetworkTransformer(_context, new ReluNetworkModel(trained), _options.FeatureColumnName);
    }
}
