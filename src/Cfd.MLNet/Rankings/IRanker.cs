using Cfd.MLNet.Data;

namespace Cfd.MLNet.Rankings;

/// <summary>Scores training rows for a test row; the higher, the earlier its label is flipped. Thread-safe.</summary>
internal interface IRanker
{
    /// <summary>scores[i] for training row candidates[i].</summary>
    void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores);
}

/// <summary>
/// The test row to rank for: its features, the logit f(x), how many labels may flip, and a number that depends on the row's content
/// alone, for rankers that draw.
/// </summary>
internal readonly ref struct RankingQuery(ReadOnlySpan<float> features, float score, int budget, long drawSeed)
{
    public ReadOnlySpan<float> Features { get; } = features;

    public float Score { get; } = score;

    public int Budget { get; } = budget;

    public bool PredictedLabel => Score > 0;

    public long DrawSeed { get; } = drawSeed;
}

/// <summary>Makes the ranker that the options ask for.</summary>
internal static class Rankers
{
    /// <param name="options">Method and parameters.</param>
    /// <param name="table">The training rows.</param>
    /// <param name="network">The network that rankings look into; asked for where the method needs it.</param>
    /// <param name="workers">Cores that prepare what all test rows share; changes nothing but the time.</param>
    public static IRanker Create(RankingOptions options, TrainingTable table, Func<RankingNetwork> network, int workers) => options.Method switch
    {
        RankingMethod.Combined => new CombinedRanker(
            new LinearSurrogateRanker(table.Features, table.Labels, options.RidgeLambda, options.SignedLinearSurrogate),
            new ActivationSimilarityRanker(table.Features, network().Trained.Network)),
        RankingMethod.LinearSurrogate => new LinearSurrogateRanker(table.Features, table.Labels, options.RidgeLambda, options.SignedLinearSurrogate),
        RankingMethod.ActivationSimilarity => new ActivationSimilarityRanker(table.Features, network().Trained.Network),
        RankingMethod.Trajectory => new TrajectoryRanker(network(), options, workers),
        RankingMethod.Random => new RandomRanker(),
        RankingMethod.Distance => new DistanceRanker(table.Features),
        RankingMethod.InfluenceExplicit or RankingMethod.InfluenceHessian or RankingMethod.InfluenceConjugateGradient or
        RankingMethod.InfluenceLissa or RankingMethod.InfluenceArnoldi or RankingMethod.GradientSimilarity
            => InfluenceRanker.Create(options, table, network().Trained.Network, workers),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Method, "Unknown ranking method."),
    };

    /// <summary>
    /// The first <paramref name="count"/> candidates by descending score, ties by row.
    /// </summary>
    public static int[] Rank(IRanker ranker, in RankingQuery query, int[] candidates, int count)
    {
        var scores = new double[candidates.Length];
        ranker.Score(query, candidates, scores);
        return Rank(scores, candidates, count);
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
