namespace Cfd.MLNet.Rankings;

/// <summary>A ranker that predicts by how much flips move a test row's logit. Thread-safe.</summary>
internal interface IShiftRanker : IRanker
{
    /// <summary>
    /// Computes for many test rows together what is dear to compute for each alone; the rows' next scores or forecasts use it up.
    /// Changes nothing but the time.
    /// </summary>
    /// <param name="rows">Features as the network takes them.</param>
    /// <param name="parallelism">Workers.</param>
    /// <param name="cancellationToken">Stops within a step of the walk.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Foresee(IReadOnlyList<float[]> rows, int parallelism, CancellationToken cancellationToken);

    /// <summary>What flipping candidates is expected to do to the row's logit.</summary>
    RowForecast Forecast(in RankingQuery query, ReadOnlySpan<int> candidates);
}
