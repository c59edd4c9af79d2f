using System.Numerics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.ActivationSimilarity"/>.</summary>
internal sealed record ActivationSimilarityRanking : Ranking
{
    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken)
        => new ActivationSimilarityRanker(space.Table.Features, space.Network.Trained.Network);
}

/// <summary>
/// Activation scoring (paper, section 3): 1 minus the share of hidden neurons whose on/off state differs between x and x_i. The
/// share is taken per layer, so that unequal widths do not tilt it; the last hidden layer has weight 1, the one before 1/2,
/// then 1/4…, divided by the total weight.
/// </summary>
internal sealed class ActivationSimilarityRanker : IRanker
{
    private readonly ReluNetwork _network;
    private readonly ulong[] _patterns;
    private readonly int _words;

    public ActivationSimilarityRanker(FeatureMatrix features, ReluNetwork network)
    {
        _network = network;
        _words = network.ActivationPatternLength;
        _patterns = new ulong[features.Rows * _words];
        for (int row = 0; row < features.Rows; row++)
            network.ActivationPattern(features.Row(row), _patterns.AsSpan(row * _words, _words));
    }

    public void Score(RankingQuery query, Span<double> scores)
    {
        var pattern = new ulong[_words];
        _network.ActivationPattern(query.Features.Span, pattern);
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Similarity(pattern, _patterns.AsSpan(query.Candidates[i] * _words, _words));
    }

    private double Similarity(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var hidden = _network.Shape.Hidden;
        double sum = 0, total = 0;
        int word = 0;
        for (int layer = 0; layer < hidden.Length; layer++)
        {
            int differing = 0;
            for (int end = word + ReluNetwork.PatternWords(hidden[layer]); word < end; word++)
                differing += BitOperations.PopCount(left[word] ^ right[word]);
            double weight = Math.ScaleB(1, layer - (hidden.Length - 1));
            sum += weight * (1 - ((double)differing / hidden[layer]));
            total += weight;
        }

        return sum / total;
    }
}
