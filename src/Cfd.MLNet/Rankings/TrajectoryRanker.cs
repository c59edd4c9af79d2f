using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Rankings;

/// <summary>See <see cref="Ranking.Trajectory"/>.</summary>
internal sealed record TrajectoryRanking(double Smoothing, long MemoryBytes) : Ranking
{
    internal override bool PredictsShifts => true;

    internal override void Validate()
    {
        Preconditions.InRange(Smoothing, 0, 100, "smoothing");
        Preconditions.InRange(MemoryBytes, 1L << 20, long.MaxValue, "memoryBytes");
    }

    internal override Ranking SharedBy(int rankers) => this with { MemoryBytes = Math.Max(1L << 20, MemoryBytes / rankers) };

    internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken)
        => new TrajectoryRanker(space, this, workers, cancellationToken);
}

/// <summary>
/// Ranks by the computed reaction of training: flipping label i shifts f(x) by about (1 - 2 y_i) d f_T(x) / d y_i, the derivative taken
/// through the whole training run. Where one label may flip, the score is the chance that it turns the decision over, a change of the
/// epoch that early stopping chooses included; where several may, the shift towards the other decision, for shifts add up.
/// </summary>
internal sealed class TrajectoryRanker : IShiftRanker
{
    private readonly TrainingProblem _problem;
    private readonly ILabelDerivatives _derivatives;
    private readonly int _steps;
    private readonly EpochChoices? _choices;
    private readonly ShiftSpread _spread;

    public TrajectoryRanker(RankingSpace space, TrajectoryRanking ranking, int parallelism, CancellationToken cancellationToken)
    {
        var trained = space.Network.Trained;
        _problem = space.Network.Problem;
        _spread = space.IsOfLearner ? ShiftSpread.OfNetwork(ForecastConstants.InUse) : ShiftSpread.ToBeFitted();
        _steps = (trained.BestEpoch + 1) * _problem.StepsPerEpoch;
        _derivatives = space.Network.Derivatives(ranking.Smoothing, ranking.MemoryBytes);
        _choices = StoppingForecast.Create(_problem, trained, _derivatives, parallelism, cancellationToken) is { } stopping
            ? new EpochChoices(stopping, _problem.TrainingLabels.Length)
            : null;
    }

    public RowForecast[] Forecast(IReadOnlyList<RankingQuery> queries, int parallelism, CancellationToken cancellationToken)
    {
        var places = new Dictionary<ReadOnlyMemory<float>, int>(ContentComparer.Instance);
        foreach (var query in queries) places.TryAdd(query.Features, places.Count);
        var features = FeatureMatrix.FromRows([.. places.Keys]);
        double[][] byLabel = _derivatives.Compute(
            features, [.. Enumerable.Range(0, features.Rows).Select(row => new WalkTarget(_steps, row))], parallelism, cancellationToken);
        return [.. queries.Select(query => Forecast(query, byLabel[places[query.Features]]))];
    }

    public void Score(RankingQuery query, Span<double> scores) => Forecast([query], 1, CancellationToken.None)[0].RankingScores(query.Budget, scores);

    private RowForecast Forecast(RankingQuery query, double[] byLabel)
    {
        int direction = query.PredictedLabel ? -1 : 1;
        var shifts = new float[query.Candidates.Length];
        for (int i = 0; i < shifts.Length; i++)
        {
            int candidate = query.Candidates[i];
            shifts[i] = (float)(direction * (1 - (2 * _problem.TrainingLabels[candidate])) * byLabel[candidate]);
        }

        float[] jumps = _choices?.Stopping.Jumps(query.Features.Span) ?? [];
        for (int i = 0; i < jumps.Length; i++) jumps[i] *= direction;
        return new RowForecast(query.Needed, query.Candidates, shifts, jumps, _choices, _spread);
    }

    /// <summary>Rows are the same where their features are.</summary>
    private sealed class ContentComparer : IEqualityComparer<ReadOnlyMemory<float>>
    {
        public static ContentComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<float> row)
        {
            var hash = new HashCode();
            foreach (float value in row.Span) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
