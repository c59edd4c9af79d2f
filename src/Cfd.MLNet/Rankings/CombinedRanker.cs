namespace Cfd.MLNet.Rankings;

/// <summary>The mean of two rankers' scores, each min-max scaled to [0, 1] over the candidates (paper, section 3).</summary>
internal sealed class CombinedRanker(IRanker first, IRanker second) : IRanker
{
    public void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores)
    {
        var others = new double[scores.Length];
        first.Score(query, candidates, scores);
        second.Score(query, candidates, others);
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
