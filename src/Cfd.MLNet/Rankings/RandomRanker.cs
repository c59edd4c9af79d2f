using Cfd.MLNet.Common;

namespace Cfd.MLNet.Rankings;

/// <summary>A random order that depends on the seed and the test row's content alone.</summary>
internal sealed class RandomRanker : IRanker
{
    private const ulong Stream = 3;

    public void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores)
    {
        var random = SeededRandom.ForStream(query.DrawSeed, Stream);
        for (int i = 0; i < scores.Length; i++) scores[i] = random.NextDouble();
    }
}
