using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>Repeats f and f' under other seeds. Remembers each seed's f. Thread-safe.</summary>
internal sealed class SeedComparison(RetrainPool pool, int count, long seed)
{
    private readonly Dictionary<int, Answer> _bases = [];

    public void Run(IReadOnlyList<EvidenceCase> cases, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        for (int index = 0; index < count; index++)
        {
            using var reseeded = pool.Reseeded(SeedOf(index));
            if (reseeded is null) return;
            Compare(cases, index, reseeded, progress, cancellationToken);
        }
    }

    private void Compare(
        IReadOnlyList<EvidenceCase> cases, int index, RetrainPool reseeded, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        Answer? known;
        lock (_bases) known = _bases.GetValueOrDefault(index);
        var flipSets = cases.Select(each => each.Flips).Distinct().ToList();
        if (known is null) flipSets.Add(FlipSet.Empty);
        var models = new Answer?[flipSets.Count];
        reseeded.GetAll(
            flipSets,
            (trained, retrain) =>
            {
                models[trained] = retrain.Answer;
                progress.Add();
            },
            cancellationToken);
        if ((known ?? models[^1]) is not { } ofSeed) return;
        lock (_bases) _bases[index] = ofSeed;
        foreach (var each in cases)
        {
            each.Retrains += 2;
            if (models[flipSets.IndexOf(each.Flips)] is not { } flipped) continue;
            float before = each.Search.Ask(ofSeed), after = each.Search.Ask(flipped);
            if (float.IsNaN(before) || float.IsNaN(after)) continue;
            each.SeedChanges.Add(before > 0 != after > 0);
            each.SeedDisagreements.Add(before > 0 != each.Search.PredictedLabel);
        }
    }

    private long SeedOf(int index) => (long)SeededRandom.ForStream(unchecked(seed + index), RandomStream.OtherSeeds).NextUInt64();
}
