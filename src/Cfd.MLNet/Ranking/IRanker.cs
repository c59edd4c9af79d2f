using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Ranking;

/// <summary>Scores training rows for a test row; the higher, the earlier its label is flipped. Thread-safe.</summary>
internal interface IRanker
{
    /// <summary>scores[i] for training row candidates[i].</summary>
    void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores);
}

/// <summary>
/// The test row to rank for: its features, f(x), and a number that depends on the row's content alone, for rankers that draw.
/// </summary>
internal readonly ref struct RankingQuery(ReadOnlySpan<float> features, bool predictedLabel, long drawSeed)
{
    public ReadOnlySpan<float> Features { get; } = features;

    public bool PredictedLabel { get; } = predictedLabel;

    public long DrawSeed { get; } = drawSeed;
}

/// <summary>Makes the ranker that the options ask for.</summary>
internal static class Rankers
{
    /// <param name="options">Method and parameters.</param>
    /// <param name="table">The training rows.</param>
    /// <param name="network">The network whose activations are compared; asked for where the method needs it.</param>
    /// <param name="workers">Cores that prepare what all test rows share; changes nothing but the time.</param>
    public static IRanker Create(RankingOptions options, TrainingTable table, Func<ReluNetwork> network, int workers) => options.Method switch
    {
        RankingMethod.Combined => new CombinedRanker(
            new LinearSurrogateRanker(table.Features, table.Labels, options.RidgeLambda, options.SignedLinearSurrogate),
            new ActivationSimilarityRanker(table.Features, network())),
        RankingMethod.LinearSurrogate => new LinearSurrogateRanker(table.Features, table.Labels, options.RidgeLambda, options.SignedLinearSurrogate),
        RankingMethod.ActivationSimilarity => new ActivationSimilarityRanker(table.Features, network()),
        RankingMethod.Random => new RandomRanker(),
        RankingMethod.Distance => new DistanceRanker(table.Features),
        RankingMethod.InfluenceExplicit or RankingMethod.InfluenceHessian or RankingMethod.InfluenceConjugateGradient or
        RankingMethod.InfluenceLissa or RankingMethod.InfluenceArnoldi or RankingMethod.GradientSimilarity
            => InfluenceRanker.Create(options, table, network(), workers),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Method, "Unknown ranking method."),
    };

    /// <summary>
    /// The first <paramref name="count"/> candidates by descending score, ties by row.
    /// </summary>
    public static int[] Rank(IRanker ranker, in RankingQuery query, int[] candidates, int count)
    {
        var scores = new double[candidates.Length];
        ranker.Score(query, candidates, scores);
        var order = new (double Score, int Row)[candidates.Length];
        for (int i = 0; i < order.Length; i++) order[i] = (-scores[i], candidates[i]);
        Array.Sort(order);
        var ranking = new int[Math.Min(count, order.Length)];
        for (int rank = 0; rank < ranking.Length; rank++) ranking[rank] = order[rank].Row;
        return ranking;
    }
}
