using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>Which share of the predictions changes when next to nothing changes in training.</summary>
/// <param name="Share">In [0, 1]; null where no retrain came to an end.</param>
/// <param name="Retrains">Retrains that came to an end.</param>
internal sealed record NoiseFloor(double? Share, int Retrains)
{
    /// <param name="pool">Retrains.</param>
    /// <param name="scores">The logits of f for the audited rows; those that are NaN do not count.</param>
    /// <param name="rows">Their positions in the test view.</param>
    /// <param name="count">Retrains.</param>
    /// <param name="seed">Decides how initial weights are disturbed.</param>
    /// <param name="progress">Told of each retrain.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NoiseFloor Measure(
        RetrainPool pool, IReadOnlyList<float> scores, IReadOnlyList<int> rows, int count, long seed, EvidenceProgress progress,
        CancellationToken cancellationToken)
    {
        int[] counted = [.. Enumerable.Range(0, scores.Count).Where(row => float.IsFinite(scores[row]))];
        int members = pool.Members.Count;
        var retrains = new Retrain[count * members];
        long[] disturbances = SeededRandom.SeedsOf(seed, RandomStream.Noise, count);
        pool.GetAll(
            [.. from disturbance in disturbances
                from member in pool.Members
                select new RetrainKey(FlipSet.Empty, member with { Disturbance = disturbance })],
            (index, retrain) =>
            {
                retrains[index] = retrain;
                progress.Add();
            },
            cancellationToken);
        // No model, no predictions: a training that diverged does not count.
        Answer[] answers = [.. retrains.Chunk(members).Select(each => Retrain.Of(each).Answer).OfType<Answer>()];
        long changed = answers.Sum(disturbed => (long)counted.Count(row => disturbed.Logit(rows[row]) > 0 != scores[row] > 0));
        return new NoiseFloor(answers.Length == 0 || counted.Length == 0 ? null : (double)changed / ((long)answers.Length * counted.Length), answers.Length);
    }
}
