using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search;

/// <summary>
/// f and the retrains around it: what all searches over the same data and learner share, whatever their filters, rankings and
/// schedules. Thread-safe.
/// </summary>
internal sealed class SearchModel : IDisposable
{
    private readonly Lazy<float[]> _trainingLogits;

    /// <param name="table">The training rows.</param>
    /// <param name="pool">Retrains.</param>
    /// <param name="model">f.</param>
    /// <param name="trainingLogits">f of each row of the training part; called at most once.</param>
    /// <param name="ranking">Where rankings look.</param>
    public SearchModel(
        TrainingTable table, RetrainPool pool, IPredictor model, Func<float[]> trainingLogits, RankingSpace ranking)
    {
        Table = table;
        Pool = pool;
        Base = model;
        _trainingLogits = new Lazy<float[]>(trainingLogits);
        Ranking = ranking;
    }

    public TrainingTable Table { get; }

    public RetrainPool Pool { get; }

    /// <summary>f, trained on D.</summary>
    public IPredictor Base { get; }

    /// <summary>f of test rows moved to other groups; null where the feature slots tell.</summary>
    public IGroupMoves? Moves { get; init; }

    /// <summary>The logit of f for each row of the training part.</summary>
    public float[] TrainingLogits => _trainingLogits.Value;

    /// <summary>Where rankings look.</summary>
    public RankingSpace Ranking { get; }

    /// <summary>Trains a network as f, unless it is known already from a saved model.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while f trained.</exception>
    public static SearchModel Train(
        TrainingTable table, NetworkOptions network, SearchOptions options, ITrainingEngine engine,
        TrainedNetwork? known, CancellationToken cancellationToken)
    {
        var problem = TrainingProblem.Create(
            table.Features, table.Labels, table.ValidationFeatures, table.ValidationLabels, network);
        if (network.EpochsFixedAtBase && problem.ValidationFeatures.Rows > 0)
        {
            known ??= Train(problem, engine, cancellationToken);
            problem = problem.WithEpochs(known.BestEpoch + 1);
        }

        int workers = Math.Min(options.Parallelism, engine.MaxTrainers);
        var pool = new RetrainPool(new ReluNetworkLearner(problem, engine), workers, options.MemoBytes);
        var model = known is null
            ? (ReluNetworkPredictor)pool.Get(FlipSet.Empty, cancellationToken)
            : new ReluNetworkPredictor(known);
        var ranking = new RankingSpace(table, null, () => new RankingNetwork(problem, model.Trained));
        return new SearchModel(table, pool, model, () => model.Logits(table.Features), ranking);
    }

    public void Dispose() => Pool.Dispose();

    private static TrainedNetwork Train(TrainingProblem problem, ITrainingEngine engine, CancellationToken cancellationToken)
    {
        using var trainer = engine.CreateTrainer(problem);
        return trainer.Train([], cancellationToken);
    }
}
