using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>
/// Puts counterfactual datasets to the test: minimised first, then compared with placebos and other seeds. Rows for which psi admits
/// the same rows are examined together and share retrains. Answers depend on rows and options alone, never on timing. Thread-safe.
/// </summary>
/// <param name="pool">Retrains.</param>
/// <param name="options">How much.</param>
/// <param name="trainingRows">n.</param>
/// <param name="seed">Decides all draws.</param>
internal sealed class EvidenceGatherer(RetrainPool pool, EvidenceOptions options, int trainingRows, long seed)
{
    private readonly PlaceboComparison _placebos = new([.. Enumerable.Range(0, trainingRows)], options.PlaceboCount, seed);
    private readonly SeedComparison _seeds = new(pool, options.SeedCount, seed);

    /// <summary>
    /// One entry a case, in order; null for those that a cancellation came before. The searches of the others take smaller flips over.
    /// </summary>
    public RowEvidence?[] Gather(IReadOnlyList<EvidenceCase> cases, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        var evidence = new RowEvidence?[cases.Count];
        var models = new RetrainedModels(pool, progress);
        try
        {
            foreach (var together in Enumerable.Range(0, cases.Count).GroupBy(index => new FlipSet(cases[index].Admitted)))
            {
                EvidenceCase[] examined = [.. together.Select(index => cases[index])];
                Minimisation.Run(examined, models, cancellationToken);
                SmallestProof.Run(examined, options.ProofCount, models, cancellationToken);
                _placebos.Run(examined, models, cancellationToken);
                _seeds.Run(examined, progress, cancellationToken);
                foreach (int index in together) evidence[index] = cases[index].Conclude();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is finished stays.
        }

        return evidence;
    }

    /// <summary>
    /// Noise floor first, then the evidence of each case. On cancellation, null where not even the noise floor is known.
    /// </summary>
    public (AuditEvidence? Audit, RowEvidence?[] Rows) GatherAll(
        IReadOnlyList<EvidenceCase> cases, IReadOnlyList<float> scores, EvidenceProgress progress,
        CancellationToken cancellationToken)
    {
        long atMost = RetrainsAtMost(cases);
        progress.Start(atMost);
        NoiseFloor noise;
        try
        {
            noise = NoiseFloor.Measure(pool, scores, options.NoiseCount, seed, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (null, new RowEvidence?[cases.Count]);
        }

        var rows = Gather(cases, progress, cancellationToken);
        RowEvidence[] judged = [.. rows.OfType<RowEvidence>()];
        return (new AuditEvidence
        {
            Level = options.Level,
            NoiseFloor = noise.Share,
            NoiseRetrains = noise.Retrains,
            Judged = judged.Length,
            ProvenSmallest = judged.Count(row => row.IsProvenSmallest),
            MeanPlaceboRate = judged.Average(row => row.PlaceboRate.Value),
            HighPlaceboRates = judged.Count(row => AuditEvidence.IsHighPlaceboRate(row.PlaceboRate)),
            Retrains = progress.Done,
            RetrainsAtMost = atMost,
        }, rows);
    }

    /// <summary>As <see cref="EvidenceOptions.RetrainsAtMost"/>, for the flips and the rows that psi admits as they are.</summary>
    private long RetrainsAtMost(IReadOnlyList<EvidenceCase> cases)
    {
        long sum = options.NoiseCount;
        if (cases.Count == 0) return sum;
        int largest = cases.Max(each => each.Flips.Count);
        sum += options.SeedCount + (long)Math.Min(cases.Count, largest) * options.PlaceboCount;
        foreach (var together in cases.GroupBy(each => new FlipSet(each.Admitted)))
        {
            int sizes = Math.Min(together.Count(), together.Max(each => each.Flips.Count));
            sum += ((long)sizes * options.PlaceboCount)
                + together.Sum(each => options.SeedCount + EvidenceOptions.LeavingOutAtMost(each.Flips.Count))
                + together.Max(each => ProofAtMost(each.Admitted.Length, each.Flips.Count));
        }

        return sum;
    }

    /// <summary>The dearest proof that is tried, for as many flips or fewer.</summary>
    private long ProofAtMost(int admitted, int flips)
    {
        long dearest = 0;
        for (int size = 2; size <= flips && Subsets.CountBelow(admitted, size, options.ProofCount) is var sets && sets <= options.ProofCount; size++)
            dearest = sets;
        return dearest;
    }
}
