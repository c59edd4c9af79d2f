using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.Combined"/>.</summary>
internal sealed record CombinedRanking(double RidgeLambda, bool Signed) : Ranking
{
    private LinearSurrogateRanking Linear => new(RidgeLambda, Signed);

    internal override void Validate() => Linear.Validate();

    internal override void RequireFeasible(TrainingTable table, NetworkShape shape) => Linear.RequireFeasible(table, shape);

    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken) => new CombinedRanker(
        Linear.CreateRanker(space, workers, cancellationToken), new ActivationSimilarityRanking().CreateRanker(space, workers, cancellationToken));
}

/// <summary>The mean of two rankers' scores, each min-max scaled to [0, 1] over the candidates (paper, section 3).</summary>
internal sealed class CombinedRanker(IRanker first, IRanker second) : IRanker
{
    public void Score(RankingQuery query, Span<double> scores)
    {
        var others = new double[scores.Length];
        first.Score(query, scores);
        second.Score(query, others);
        ScaleToUnit(scores);
        ScaleToUnit(others);
        for (int i = 0; i < scores.Length; i++) scores[i] = (scores[i] + others[i]) / 2;
    }

    /// <summary>(s - min) / (max - min); all zero where every score is the same.</summary>
    private static void ScaleToUnit(Span<double> scores)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double score in scores)
        {
            minimum = Math.Min(minimum, score);
            maximum = Math.Max(maximum, score);
        }

        double range = maximum - minimum;
        for (int i = 0; i < scores.Length; i++) scores[i] = range > 0 ? (scores[i] - minimum) / range : 0;
    }
}
