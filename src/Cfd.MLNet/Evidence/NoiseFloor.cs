using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Evidence;

/// <summary>Which share of the predictions changes when next to nothing changes in training.</summary>
/// <param name="Share">In [0, 1]; null where no retrain came to an end.</param>
/// <param name="Retrains">Retrains that came to an end.</param>
internal sealed record NoiseFloor(double? Share, int Retrains)
{
    private const ulong NoiseStream = 8;

    /// <param name="pool">Retrains.</param>
    /// <param name="features">The test rows.</param>
    /// <param name="scores">The logits of f for the first of them; those that are NaN do not count.</param>
    /// <param name="count">Retrains.</param>
    /// <param name="seed">Decides how initial weights are disturbed.</param>
    /// <param name="progress">Told of each retrain.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NoiseFloor Measure(
        RetrainPool pool, FeatureMatrix features, IReadOnlyList<float> scores, int count, long seed, EvidenceProgress progress,
        CancellationToken cancellationToken)
    {
        int[] counted = [.. Enumerable.Range(0, scores.Count).Where(row => float.IsFinite(scores[row]))];
        var changed = new int?[count];
        InOrder.Run(
            count, pool.DegreeOfParallelism,
            index =>
            {
                using var disturbed = pool.Disturbed((long)SeededRandom.ForStream(unchecked(seed + index), NoiseStream).NextUInt64());
                try
                {
                    float[] logits = disturbed.Get(FlipSet.Empty, cancellationToken).Logits(features);
                    changed[index] = counted.Count(row => logits[row] > 0 != scores[row] > 0);
                }
                catch (TrainingDivergedException)
                {
                    // No model, no predictions: the retrain does not count.
                }

                progress.Add();
            },
            cancellationToken);
        int retrains = changed.Count(rows => rows is not null);
        return new NoiseFloor(
            retrains == 0 || counted.Length == 0 ? null : (double)changed.Sum(rows => rows ?? 0) / ((long)retrains * counted.Length), retrains);
    }
}
