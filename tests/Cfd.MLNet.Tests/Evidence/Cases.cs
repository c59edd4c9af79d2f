using Cfd.MLNet.Evidence;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Tests.Search;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>Counterfactual datasets as a search leaves them: f says +1, f' of the flips says -1.</summary>
internal static class Cases
{
    public static EvidenceCase Found(int row, int[] admitted, params int[] flips)
    {
        var search = new RowSearch(FakeLearner.NoFeatures, row, 1) { CandidateRows = admitted };
        search.Answer(new FlipSet(flips), new Retrain(new Answer([.. Enumerable.Repeat(-1f, row + 1)]), null, default), retrains: 1);
        return new EvidenceCase(search);
    }

    public static int[] Rows(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>All evidence of these cases on a learner whose answers are known.</summary>
    public static RowEvidence?[] Gather(
        FakeLearner learner, EvidenceOptions options, IReadOnlyList<EvidenceCase> cases, EvidenceProgress? progress = null, int workers = 1,
        long memoBytes = 1 << 24, CancellationToken cancellationToken = default)
    {
        using var pool = new RetrainPool(learner, workers, memoBytes);
        return new EvidenceGatherer(pool, options, seed: 1).Gather(cases, cases.Count, progress ?? new EvidenceProgress(null), cancellationToken);
    }
}
