using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Auditing;

/// <summary>A ReLU network behind a preparation that was fitted once.</summary>
internal sealed class NetworkSubject : AuditSubject
{
    private readonly MLContext _context;
    private readonly NetworkLearner _learner;

    private NetworkSubject(MLContext context, TrainingTable table, TestRows testRows, NetworkLearner learner, ITransformer? preparation)
        : base(table, testRows)
        => (_context, _learner, Preparation) = (context, learner, preparation);

    public override RefitSummary? Refits => null;

    public override ITransformer? Preparation { get; }

    public override LearnerDescription Description
    {
        get
        {
            var engine = Network.Engine.Implementation.GetType();
            return new(TypeVersion.NameOf(engine), Network.Seed, [.. SettingsReader.Read("Network", Network), .. LearnerDescription.VersionOf(_learner)]);
        }
    }

    private NetworkOptions Network => _learner.Network;

    /// <summary>Fits the preparation and reads the rows.</summary>
    public static NetworkSubject Read(
        MLContext context, NetworkLearner learner, IDataView train, IDataView test, TableColumns columns, CancellationToken cancellationToken)
    {
        var values = RawLabel.Read(train, columns);
        var preparation = learner.Preparation?.Fit(train);
        IDataView Prepare(IDataView raw) => preparation?.Transform(raw) ?? raw;
        RowViews Views(IDataView raw) => new(raw, Prepare(raw), Prepare(raw));
        if (preparation is not null) RawLabel.RequireKept(train, Prepare(train), columns.Label, values);
        var table = TableReader.Read(
            Views(train), learner.Validation is null ? null : Views(learner.Validation), columns,
            learner.Network.ValidationShare, learner.Network.Seed, cancellationToken);
        var testRows = TestRows.Read(Prepare(test), table, cancellationToken);
        return new NetworkSubject(context, table, testRows, learner, preparation);
    }

    public override AuditedModel Train(AuditOptions options, IRetrainLog? log, CancellationToken cancellationToken)
    {
        var trained = NetworkTraining.Run(Table, Network, Network.Engine.Implementation, TestRows.Features, cancellationToken);
        WorkPackage? package = null;
        var ranking = trained.RankingSpace(
            Table, options.Executor is { } there ? (member, network, smoothing, memoryBytes) => new ExecutorDerivatives(there, package!, member, network, smoothing, memoryBytes) : null);
        return new Model(this, trained, new SearchModel(Table, Pool, () => trained.Base.Logits(Table.Features), ranking));

        RetrainPool Pool(AskedRows asked)
        {
            var learner = trained.Learner.Asking(asked);
            IRetrainRunner runner = options.Executor is { } executor
                ? new ExecutorRunner(executor, package = learner.Package(), asked)
                : new LearnerRunner(learner, Math.Min(options.Parallelism, Network.Engine.Implementation.MaxTrainers));
            return new RetrainPool(learner, runner, options.MemoBytes, log);
        }
    }

    protected override SearchPlan Resolve(AuditOptions options) => SearchPlan.Create(Table, options, Network);

    private sealed class Model(NetworkSubject subject, NetworkTraining trained, SearchModel search)
        : AuditedModel(search, Answer.Of([.. trained.Base.Members.Select(member => new Answer(member.Network.Logits(subject.TestRows.Features)))]))
    {
        public override IGroupMoves Moves(SearchPlan plan) => new SlotMoves(plan.Slots, trained.Base, subject.TestRows.Features);

        public override ITransformer Transformer(FlipSet flips)
        {
            var network = flips.Count == 0 ? trained.Base : trained.Learner.Train(flips, CancellationToken.None);
            var transformer = new ReluNetworkTransformer(subject._context, new ReluNetworkModel(network), subject.Table.Columns.Features);
            return subject.Preparation is null ? transformer : new TransformerChain<ITransformer>(subject.Preparation, transformer);
        }
    }
}
