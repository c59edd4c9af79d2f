using Cfd.MLNet.Data;
using Cfd.MLNet.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet;

/// <summary>
/// A trained ReLU network as a transformer: adds Score (the logit), Probability and PredictedLabel, lazily. Can be saved with
/// <c>mlContext.Model.Save</c> and loaded by plain <c>mlContext.Model.Load</c>. Thread-safe.
/// </summary>
public sealed class ReluNetworkTransformer : ISingleFeaturePredictionTransformer<ReluNetworkModel>
{
    private readonly MLContext _context;

    internal ReluNetworkTransformer(MLContext context, ReluNetworkModel model, string featureColumnName)
    {
        _context = context;
        Model = model;
        FeatureColumnName = featureColumnName;
    }

    /// <summary>The network.</summary>
    public ReluNetworkModel Model { get; }

    /// <summary>The column that features are read from.</summary>
    public string FeatureColumnName { get; }

    /// <summary>A vector of float with as many slots as the network has inputs.</summary>
    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, Model.InputCount);

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature column is missing or has another size than the network.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature column is missing or has another size than the network.</exception>
    /// <exception cref="NotSupportedException">Called by ML.NET's converter to ONNX, which would leave the network out.</exception>
    public IDataView Transform(IDataView input)
    {
        OnnxExport.Refuse();
        return new AppendedColumnsView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature column is missing or has another size than the network.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new AppendedColumnsMapper(Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
        => SavedModel.Save(_context, ctx, SavedNetwork.Seal(this), this);

    private ColumnBindings Bind(DataViewSchema input) => new(new Map(input, this));

    private sealed class Map(DataViewSchema input, ReluNetworkTransformer owner) : ColumnMap(input)
    {
        private readonly DataViewSchema.Column _features = FeatureColumn.Require(input, owner.FeatureColumnName, owner.Model.InputCount);

        public override DataViewSchema.DetachedColumn[] Appended => ScoreColumns.All;

        public override IEnumerable<DataViewSchema.Column> DependenciesOf(Func<int, bool> isActive) => [_features];

        public override Delegate?[] CreateGetters(DataViewRow row, Func<int, bool> isActive)
        {
            var reader = new FeatureReader(row, _features);
            var features = new float[reader.Count];
            var score = new OncePerRow<float>(row, () =>
            {
                reader.Read(features);
                return owner.Model.Ensemble.Logit(features);
            });
            return ScoreColumns.Getters(() => score.Value, isActive);
        }
    }
}
