using Cfd.MLNet.Rankings.Reactions;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.Reaction"/>.</summary>
internal sealed record ReactionRanking : Ranking
{
    internal override bool PredictsShifts => true;

    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken) => space.Reaction is { } reaction
        ? new ReactionRanker(reaction, space.Table.Rows)
        : Trajectory().CreateRanker(space, workers, cancellationToken);

    internal override Ranking SharedBy(int rankers) => Trajectory().SharedBy(rankers);
}

/// <summary>Ranks by how the learner's own fitted model is expected to react to each label; shifts add up.</summary>
internal sealed class ReactionRanker(ILabelReaction reaction, int trainingRows) : IShiftRanker
{
    private readonly ShiftSpread _spread = ShiftSpread.ToBeFitted();

    public RowForecast[] Forecast(IReadOnlyList<RankingQuery> queries, int parallelism, CancellationToken cancellationToken)
    {
        var forecasts = new RowForecast[queries.Count];
        InOrder.Run(queries.Count, parallelism, i => forecasts[i] = Forecast(queries[i]), cancellationToken);
        return forecasts;
    }

    public void Score(RankingQuery query, Span<double> scores) => Forecast(query).RankingScores(query.Budget, scores);

    private RowForecast Forecast(RankingQuery query)
    {
        var byRow = new double[trainingRows];
        reaction.Shifts(query.RawFeatures.Span, byRow);
        int direction = query.PredictedLabel ? -1 : 1;
        float[] shifts = Array.ConvertAll(query.Candidates, row => double.IsFinite(byRow[row]) ? (float)(direction * byRow[row]) : 0);
        return new RowForecast(query.Needed, query.Candidates, shifts, [], null, _spread);
    }
}
