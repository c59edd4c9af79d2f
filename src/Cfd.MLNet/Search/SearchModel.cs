using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Search;

/// <summary>
/// f and the retrains around it: what all searches over the same data and learner share, whatever their filters, rankings and
/// schedules. Thread-safe. Disposing frees memory alone.
/// </summary>
/// <param name="table">The training rows.</param>
/// <param name="createPool">Retrains whose answers hold the logits of these rows; called at most once.</param>
/// <param name="trainingLogits">f of each row of the training part; called at most once.</param>
/// <param name="ranking">Where rankings look.</param>
internal sealed class SearchModel(TrainingTable table, Func<AskedRows, RetrainPool> createPool, Func<float[]> trainingLogits, RankingSpace ranking) : IDisposable
{
    private readonly Lazy<float[]> _trainingLogits = new(trainingLogits);
    private readonly Lock _lock = new();
    private RetrainPool? _pool;
    private AskedRows? _asked;

    /// <param name="table">The training rows.</param>
    /// <param name="pool">Retrains that are asked about all rows.</param>
    /// <param name="trainingLogits">f of each row of the training part; called at most once.</param>
    /// <param name="ranking">Where rankings look.</param>
    public SearchModel(TrainingTable table, RetrainPool pool, Func<float[]> trainingLogits, RankingSpace ranking)
        : this(table, _ => pool, trainingLogits, ranking) => _pool = pool;

    public TrainingTable Table => table;

    /// <exception cref="InvalidOperationException">Nobody has said which rows are asked about.</exception>
    public RetrainPool Pool => _pool ?? throw new InvalidOperationException("Ask comes before the first retrain.");

    /// <summary>The logit of f for each row of the training part.</summary>
    public float[] TrainingLogits => _trainingLogits.Value;

    /// <summary>Where rankings look.</summary>
    public RankingSpace Ranking => ranking;

    /// <summary>The test rows that retrained models are asked about; null before that is known.</summary>
    public AskedRows? Asked => _asked;

    /// <summary>Says which test rows retrained models are asked about, before anything is retrained. The first call counts.</summary>
    public void Ask(AskedRows asked)
    {
        lock (_lock) _pool ??= createPool(_asked = asked);
    }

    public void Dispose() => _pool?.Dispose();
}
