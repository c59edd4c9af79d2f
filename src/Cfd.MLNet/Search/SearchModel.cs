using Cfd.MLNet.Data;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Search;

/// <summary>
/// f and the retrains around it: what all searches over the same data and learner share, whatever their filters, rankings and
/// schedules. Thread-safe.
/// </summary>
/// <param name="table">The training rows.</param>
/// <param name="pool">Retrains.</param>
/// <param name="trainingLogits">f of each row of the training part; called at most once.</param>
/// <param name="ranking">Where rankings look.</param>
internal sealed class SearchModel(TrainingTable table, RetrainPool pool, Func<float[]> trainingLogits, RankingSpace ranking)
{
    private readonly Lazy<float[]> _trainingLogits = new(trainingLogits);

    public TrainingTable Table => table;

    public RetrainPool Pool => pool;

    /// <summary>The logit of f for each row of the training part.</summary>
    public float[] TrainingLogits => _trainingLogits.Value;

    /// <summary>Where rankings look.</summary>
    public RankingSpace Ranking => ranking;
}
