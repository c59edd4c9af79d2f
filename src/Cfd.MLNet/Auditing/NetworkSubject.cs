using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Auditing;

/// <summary>A ReLU network behind a preparation that was fitted once.</summary>
internal sealed class NetworkSubject : AuditSubject
{
    private readonly NetworkOptions _network;
    private readonly ITransformer? _preparation;
    private readonly Func<TrainedNetwork, ITransformer> _asTransformer;

    private NetworkSubject(
        TrainingTable table, TestRows testRows, NetworkOptions network, ITransformer? preparation, Func<TrainedNetwork, ITransformer> asTransformer)
        : base(table, testRows)
    {
        _network = network;
        _preparation = preparation;
        _asTransformer = asTransformer;
    }

    public override RefitSummary? Refits => null;

    /// <summary>Fits the preparation and reads the rows. asTransformer: a network as ML.NET sees it.</summary>
    public static NetworkSubject Read(
        NetworkLearner learner, IDataView train, IDataView test, TableColumns columns, Func<TrainedNetwork, ITransformer> asTransformer,
        CancellationToken cancellationToken)
    {
        var preparation = learner.Preparation?.Fit(train);
        IDataView Prepare(IDataView raw) => preparation?.Transform(raw) ?? raw;

        if (preparation is not null) RawLabel.RequireUntouched(train, Prepare(train), columns.Label);
        var table = TableReader.Read(
            Prepare(train), learner.Validation is null ? null : Prepare(learner.Validation), columns,
            learner.Network.ValidationShare, learner.Network.Seed, cancellationToken);
        var testRows = TestRows.Read(Prepare(test), table, cancellationToken);
        return new NetworkSubject(table, testRows, learner.Network, preparation, asTransformer);
    }

    public override ITransformer? Preparation => _preparation;

    public override LearnerDescription Description
    {
        get
        {
            var engine = _network.Engine.Implementation.GetType();
            return new($"{engine.Name} {ProvenanceReader.VersionOf(engine)}", _network.Seed, SettingsReader.Read("Network", _network));
        }
    }

    public override SearchSetup Setup(AuditOptions options) => SearchSetup.Create(Table, options, _network);

    public override SearchModel CreateModel(AuditOptions options, CancellationToken cancellationToken)
        => SearchModel.Train(Table, _network, options, _network.Engine.Implementation, known: null, cancellationToken);

    public override ITransformer Transformer(FlipSet flips, SearchModel model)
    {
        var predictor = flips.Count == 0 ? model.Base : model.Pool.Get(flips, CancellationToken.None);
        var network = _asTransformer(((ReluNetworkPredictor)predictor).Trained);
        return _preparation is null ? network : new TransformerChain<ITransformer>(_preparation, network);
    }
}
