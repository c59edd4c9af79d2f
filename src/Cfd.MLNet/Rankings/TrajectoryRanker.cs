using System.Collections.Concurrent;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// Ranks by the computed reaction of training: flipping label i shifts f(x) by about (1 - 2 y_i) d f_T(x) / d y_i, the derivative taken
/// through the whole training run. Where one label may flip, the score is the chance that it turns the decision over, a change of the
/// epoch that early stopping chooses included; where several may, the shift towards the other decision, for shifts add up.
/// </summary>
internal sealed class TrajectoryRanker : IShiftRanker
{
    private readonly TrainingProblem _problem;
    private readonly TrajectoryDerivatives _derivatives;
    private readonly int _steps;
    private readonly Lazy<EpochChoices?> _choices;
    private readonly ConcurrentDictionary<float[], double[]> _foreseen = new(ContentComparer.Instance);

    public TrajectoryRanker(RankingNetwork network, RankingOptions options, int parallelism)
    {
        var trained = network.Trained;
        _problem = network.Problem;
        _steps = (trained.BestEpoch + 1) * _problem.StepsPerEpoch;
        _derivatives = new TrajectoryDerivatives(
            _problem, trained.Network, options.TrajectorySmoothing, options.TrajectoryMemoryBytes, ManagedTrainingEngine.Default);
        _choices = new Lazy<EpochChoices?>(() => StoppingForecast.Create(_problem, trained, _derivatives, parallelism, CancellationToken.None) is { } stopping
            ? new EpochChoices(stopping, _problem.TrainingLabels.Length)
            : null);
    }

    public void Foresee(IReadOnlyList<float[]> rows, int parallelism, CancellationToken cancellationToken)
    {
        float[][] distinct = [.. rows.Distinct(ContentComparer.Instance).Where(row => !_foreseen.ContainsKey(row))];
        var derivatives = Compute(distinct, parallelism, cancellationToken);
        for (int i = 0; i < distinct.Length; i++) _foreseen[distinct[i]] = derivatives[i];
        _ = _choices.Value;
    }

    public void Score(in RankingQuery query, ReadOnlySpan<int> candidates, Span<double> scores)
    {
        var forecast = Forecast(query, candidates);
        for (int i = 0; i < scores.Length; i++) scores[i] = query.Budget == 1 ? forecast.RankingScore(i) : forecast.Shifts[i];
    }

    public RowForecast Forecast(in RankingQuery query, ReadOnlySpan<int> candidates)
    {
        float[] features = query.Features.ToArray();
        double[] byLabel = _foreseen.TryRemove(features, out var known) ? known : Compute([features], 1, CancellationToken.None)[0];
        int direction = query.PredictedLabel ? -1 : 1;
        var shifts = new float[candidates.Length];
        for (int i = 0; i < shifts.Length; i++)
            shifts[i] = (float)(direction * (1 - (2 * _problem.TrainingLabels[candidates[i]])) * byLabel[candidates[i]]);
        float[] jumps = _choices.Value?.Stopping.Jumps(features) ?? [];
        for (int i = 0; i < jumps.Length; i++) jumps[i] *= direction;
        return new RowForecast(Math.Abs(query.Score), candidates.ToArray(), shifts, jumps, _choices.Value);
    }

    private double[][] Compute(float[][] rows, int parallelism, CancellationToken cancellationToken)
    {
        var features = FeatureMatrix.FromRows(rows);
        return _derivatives.Compute(
            features, [.. Enumerable.Range(0, rows.Length).Select(row => new WalkTarget(_steps, row))], parallelism, cancellationToken);
    }

    /// <summary>Rows are the same where their features are.</summary>
    private sealed class ContentComparer : IEqualityComparer<float[]>
    {
        public static ContentComparer Instance { get; } = new();

        public bool Equals(float[]? x, float[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(float[] row)
        {
            var hash = new HashCode();
            foreach (float value in row) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
