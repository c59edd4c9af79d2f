using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>Which share of the predictions changes when next to nothing changes in training.</summary>
/// <param name="Share">In [0, 1]; null where no retrain came to an end.</param>
/// <param name="Retrains">Retrains that came to an end.</param>
internal sealed record NoiseFloor(double? Share, int Retrains)
{

    /// <param name="pool">Retrains.</param>
    /// <param name="scores">The logits of f for the first of them; those that are NaN do not count.</param>
    /// <param name="count">Retrains.</param>
    /// <param name="seed">Decides how initial weights are disturbed.</param>
    /// <param name="progress">Told of each retrain.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NoiseFloor Measure(
        RetrainPool pool, IReadOnlyList<float> scores, int count, long seed, EvidenceProgress progress,
        CancellationToken cancellationToken)
    {
        int[] counted = [.. Enumerable.Range(0, scores.Count).Where(row => float.IsFinite(scores[row]))];
        var changed = new int?[count];
        InOrder.Run(
            count, pool.DegreeOfParallelism,
            index =>
            {
                using var disturbed = pool.Disturbed((long)SeededRandom.ForStream(unchecked(seed + index), RandomStream.Noise).NextUInt64());
                // No model, no predictions: a training that diverged does not count.
                if (disturbed.Get(FlipSet.Empty, cancellationToken).Answer is { } answer)
                    changed[index] = counted.Count(row => answer.Logits[row] > 0 != scores[row] > 0);
                progress.Add();
            },
            cancellationToken);
        int retrains = changed.Count(rows => rows is not null);
        return new NoiseFloor(
            retrains == 0 || counted.Length == 0 ? null : (double)changed.Sum(rows => rows ?? 0) / ((long)retrains * counted.Length), retrains);
    }
}
