using Cfd.MLNet.Data;

namespace Cfd.MLNet.Rankings;

/// <summary>Minus the squared Euclidean distance between x and x_i in the network's input space.</summary>
internal sealed class DistanceRanker(FeatureMatrix features) : IRanker
{
    public void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            var row = features.Row(candidates[i]);
            double sum = 0;
            for (int slot = 0; slot < row.Length; slot++)
            {
                double difference = (double)row[slot] - query.Features[slot];
                sum += difference * difference;
            }

            scores[i] = -sum;
        }
    }
}
