namespace Cfd.MLNet.Rankings;

/// <summary>Ranks for an f that is the mean of several networks, by what the rankers of its members say on average.</summary>
internal static class EnsembleRanker
{
    /// <summary>The ranker of f: of a single network its own.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IRanker Create(Ranking ranking, RankingSpace space, int workers, CancellationToken cancellationToken)
    {
        if (space.Members.Count == 1) return ranking.CreateRanker(space, workers, cancellationToken);
        var shared = ranking.SharedBy(space.Members.Count);
        var members = new IRanker[space.Members.Count];
        InOrder.Run(members.Length, space.MembersAtOnce, member => members[member] = shared.CreateRanker(space.Members[member], workers, cancellationToken), cancellationToken);
        return ranking.PredictsShifts ? new MeanShiftRanker(Array.ConvertAll(members, member => (IShiftRanker)member), space.MembersAtOnce) : new MeanRanker(members);
    }

    /// <summary>The mean of the members' scores.</summary>
    private sealed class MeanRanker(IRanker[] members) : IRanker
    {
        public void Score(RankingQuery query, Span<double> scores)
        {
            scores.Clear();
            var own = new double[scores.Length];
            foreach (var member in members)
            {
                member.Score(query, own);
                for (int i = 0; i < own.Length; i++) scores[i] += own[i] / members.Length;
            }
        }
    }

    /// <summary>
    /// The mean of the members' shifts, a change of the epoch that each chooses included. How real shifts lie around it is fitted to the retrains:
    /// the mean's errors are smaller than a single network's.
    /// </summary>
    private sealed class MeanShiftRanker(IShiftRanker[] members, int atOnce) : IShiftRanker
    {
        private readonly ShiftSpread _spread = ShiftSpread.ToBeFitted();

        public RowForecast[] Forecast(IReadOnlyList<RankingQuery> queries, int parallelism, CancellationToken cancellationToken)
        {
            double[][] sums = [.. queries.Select(query => new double[query.Candidates.Length])];
            foreach (var together in members.Chunk(atOnce))
            {
                var forecasts = new RowForecast[together.Length][];
                InOrder.Run(together.Length, together.Length, member => forecasts[member] = together[member].Forecast(queries, parallelism, cancellationToken), cancellationToken);
                foreach (var ofMember in forecasts) InOrder.Run(queries.Count, parallelism, row => Add(ofMember[row], sums[row]), cancellationToken);
            }

            return [.. queries.Select((query, row) => new RowForecast(
                query.Needed, query.Candidates, Array.ConvertAll(sums[row], sum => (float)(sum / members.Length)), [], null, _spread))];
        }

        public void Score(RankingQuery query, Span<double> scores) => Forecast([query], 1, CancellationToken.None)[0].RankingScores(query.Budget, scores);

        private static void Add(RowForecast forecast, double[] sums)
        {
            for (int candidate = 0; candidate < sums.Length; candidate++)
                sums[candidate] += forecast.Expected([candidate], forecast.Shifts[candidate]);
        }
    }
}
