namespace Cfd.MLNet.Rankings;

/// <summary>Scores training rows for a test row; the higher, the earlier its label is flipped. Thread-safe.</summary>
internal interface IRanker
{
    /// <summary>scores[i] for training row query.Candidates[i].</summary>
    void Score(RankingQuery query, Span<double> scores);
}

/// <summary>A ranker that predicts by how much flips move a test row's logit. Thread-safe.</summary>
internal interface IShiftRanker : IRanker
{
    /// <summary>What flipping their candidates is expected to do to each of the rows, which share what is dear to compute.</summary>
    /// <param name="queries">The rows.</param>
    /// <param name="parallelism">Workers; changes nothing but the time.</param>
    /// <param name="cancellationToken">Stops within a step of the computation.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    RowForecast[] Forecast(IReadOnlyList<RankingQuery> queries, int parallelism, CancellationToken cancellationToken);
}

/// <summary>The test row to rank for.</summary>
/// <param name="Features">Its features as the network takes them.</param>
/// <param name="Score">f(x).</param>
/// <param name="Candidates">Training rows to rank, ascending; not to be changed.</param>
/// <param name="Budget">How many labels may flip.</param>
/// <param name="DrawSeed">A number that depends on the row's content alone, for rankers that draw.</param>
internal sealed record RankingQuery(ReadOnlyMemory<float> Features, float Score, int[] Candidates, int Budget, long DrawSeed)
{
    /// <summary>The shift that turns the decision over, in logits.</summary>
    public float Needed { get; init; } = Math.Abs(Score);

    /// <summary>Its features as the learner takes them, for rankings that look into the learner's own model.</summary>
    public ReadOnlyMemory<float> RawFeatures { get; init; } = Features;

    public bool PredictedLabel => Score > 0;
}

/// <summary>Scores turned into orders.</summary>
internal static class Rankers
{
    /// <summary>The first <paramref name="count"/> candidates by descending score, ties by row.</summary>
    public static int[] Rank(IRanker ranker, RankingQuery query, int count)
    {
        var scores = new double[query.Candidates.Length];
        ranker.Score(query, scores);
        return Rank(scores, query.Candidates, count);
    }

    /// <summary>The first <paramref name="count"/> candidates by descending score, ties by row.</summary>
    public static int[] Rank(double[] scores, int[] candidates, int count)
    {
        var order = new (double Score, int Row)[candidates.Length];
        for (int i = 0; i < order.Length; i++) order[i] = (-scores[i], candidates[i]);
        Array.Sort(order);
        var ranking = new int[Math.Min(count, order.Length)];
        for (int rank = 0; rank < ranking.Length; rank++) ranking[rank] = order[rank].Row;
        return ranking;
    }
}
