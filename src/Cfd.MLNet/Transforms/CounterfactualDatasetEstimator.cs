using Cfd.MLNet.Data;
using Cfd.MLNet.Models;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Transforms;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>
/// Fitted on prepared training data, gives a transformer that predicts and, where its columns are read, searches for a
/// counterfactual dataset of each row.
/// </summary>
public sealed class CounterfactualDatasetEstimator : IEstimator<CounterfactualDatasetTransformer>
{
    private readonly MLContext _context;
    private readonly GenerateOptions _options;
    private readonly IDataView? _validation;
    private readonly CancellationToken _cancellationToken;

    internal CounterfactualDatasetEstimator(
        MLContext context, GenerateOptions options, IDataView? validation, CancellationToken cancellationToken)
    {
        options.Validate();
        _context = context;
        _options = options;
        _validation = validation;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The input columns, Score, Probability, PredictedLabel, and the Cfd columns.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShapes.RequireFeaturesAndLabel(inputSchema, _options.FeatureColumn, _options.LabelColumnName);
        SchemaShapes.Find(inputSchema, _options.ProtectedColumnName!, "protected");
        if (_options.RowIdColumnName is { } rowId) SchemaShapes.Find(inputSchema, rowId, "row id");
        var columns = CounterfactualColumns.Of(_options.RowIdColumnName is not null);
        return SchemaShapes.Append(inputSchema, [.. ScoreColumns.All, .. columns.Select(column => column.Detached)]);
    }

    /// <summary>Reads the training rows and trains f. Searches start when Cfd columns are read.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, or an option does not fit the data.</exception>
    /// <exception cref="InvalidDataException">A value is missing, not finite or one too many; the message names column and row.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public CounterfactualDatasetTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = new TableColumns(
            _options.FeatureColumn, _options.LabelColumnName, _options.PositiveLabel, _options.ProtectedColumnName, _options.RowIdColumnName);
        var table = TableReader.Read(
            input, _validation, columns, _options.Network.ValidationShare, _options.Network.Seed, _cancellationToken);
        Agreement.RequireSeveral(_options.Agreement, _options.Network.Networks);
        var plan = SearchPlan.Create(table, _options, _options.Network);
        var trained = NetworkTraining.Run(table, _options.Network, _options.Network.Engine.Implementation, testRows: null, _cancellationToken);
        return new CounterfactualDatasetTransformer(_context, table, trained, plan, _options, input, _cancellationToken);
    }
}
