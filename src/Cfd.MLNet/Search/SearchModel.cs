using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Search;

/// <summary>
/// f and the retrains around it: what all searches over the same data and learner share, whatever their filters, rankings and
/// schedules. Thread-safe.
/// </summary>
internal sealed class SearchModel : IDisposable
{
    private readonly Lazy<float[]> _trainingLogits;

    private SearchModel(TrainingTable table, RetrainPool pool, ReluNetworkPredictor model)
    {
        Table = table;
        Pool = pool;
        Base = model;
        _trainingLogits = new Lazy<float[]>(() => model.Logits(table.Features));
    }

    public TrainingTable Table { get; }

    public RetrainPool Pool { get; }

    /// <summary>f, trained on D.</summary>
    public ReluNetworkPredictor Base { get; }

    /// <summary>The logit of f for each row of the training part.</summary>
    public float[] TrainingLogits => _trainingLogits.Value;

    /// <summary>Trains f, unless it is known already from a saved model.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while f trained.</exception>
    public static SearchModel Train(
        TrainingTable table, NetworkOptions network, SearchOptions options, ITrainingEngine engine,
        TrainedNetwork? known, CancellationToken cancellationToken)
    {
        var problem = TrainingProblem.Create(
            table.Features, table.Labels, table.ValidationFeatures, table.ValidationLabels, network);
        int workers = Math.Min(options.Parallelism, engine.MaxTrainers);
        var pool = new RetrainPool(new ReluNetworkLearner(problem, engine), workers, options.MemoBytes);
        var model = known is null
            ? (ReluNetworkPredictor)pool.Get(FlipSet.Empty, cancellationToken)
            : new ReluNetworkPredictor(known);
        return new SearchModel(table, pool, model);
    }

    public void Dispose() => Pool.Dispose();
}
