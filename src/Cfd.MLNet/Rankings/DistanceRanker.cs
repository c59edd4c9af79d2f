using Cfd.MLNet.Data;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.Distance"/>.</summary>
internal sealed record DistanceRanking : Ranking
{
    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken) => new DistanceRanker(space.Table.Features);
}

/// <summary>Minus the squared Euclidean distance between x and x_i in the network's input space.</summary>
internal sealed class DistanceRanker(FeatureMatrix features) : IRanker
{
    public void Score(RankingQuery query, Span<double> scores)
    {
        var x = query.Features.Span;
        for (int i = 0; i < scores.Length; i++)
        {
            var row = features.Row(query.Candidates[i]);
            double sum = 0;
            for (int slot = 0; slot < row.Length; slot++)
            {
                double difference = (double)row[slot] - x[slot];
                sum += difference * difference;
            }

            scores[i] = -sum;
        }
    }
}
