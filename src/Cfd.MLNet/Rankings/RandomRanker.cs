namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.Random"/>.</summary>
internal sealed record RandomRanking : Ranking
{
    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken) => new RandomRanker();
}

/// <summary>A random order that depends on the seed and the test row's content alone.</summary>
internal sealed class RandomRanker : IRanker
{
    public void Score(RankingQuery query, Span<double> scores)
    {
        var random = SeededRandom.ForStream(query.DrawSeed, RandomStream.RandomRanking);
        for (int i = 0; i < scores.Length; i++) scores[i] = random.NextDouble();
    }
}
