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
            int[][] groups = [.. Enumerable.Range(0, cases.Count).GroupBy(index => new FlipSet(cases[index].Admitted)).Select(group => group.ToArray())];
            var bounds = new EvidenceBounds(options, [.. groups.Select(group => group.Select(index => cases[index]).ToArray())]);
            foreach (int[] together in groups)
            {
                EvidenceCase[] examined = [.. together.Select(index => cases[index])];
                Minimisation.Run(examined, models, cancellationToken);
                progress.Expect(bounds.AfterLeavingOut());
                SmallestProof.Run(examined, options.ProofCount, models, cancellationToken);
                progress.Expect(bounds.AfterProof());
                _placebos.Run(examined, models, cancellationToken);
                progress.Expect(bounds.AfterPlacebos());
                _seeds.Run(examined, progress, cancellationToken);
                progress.Expect(bounds.AfterSeeds());
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
        var bounds = new EvidenceBounds(options, [.. cases.GroupBy(each => new FlipSet(each.Admitted)).Select(group => group.ToArray())]);
        long atMost = options.NoiseCount + bounds.Ahead;
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
}
